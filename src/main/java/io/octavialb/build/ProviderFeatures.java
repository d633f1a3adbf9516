package io.octavialb.build;

import io.octavialb.config.MonitorType;
import io.octavialb.model.OctaviaVersion;

/**
 * What a provider driver and an API version can do together.
 *
 * <p>The provider ovn balances on L4 only: no listener timeouts, flavors, zones, L7, VIP ACL, HTTP monitors or PROXY
 * protocol, and SOURCE_IP_PORT as its only algorithm.
 */
public record ProviderFeatures(String provider, OctaviaVersion version) {

    private boolean ovn() {
        return provider.equals("ovn");
    }

    boolean timeouts() {
        return !ovn() && version.has(OctaviaVersion.TIMEOUTS);
    }

    boolean tags() {
        return version.has(OctaviaVersion.TAGS);
    }

    boolean flavors() {
        return !ovn() && version.has(OctaviaVersion.FLAVORS);
    }

    boolean vipAcl() {
        return !ovn() && version.has(OctaviaVersion.VIP_ACL);
    }

    boolean availabilityZones() {
        return !ovn() && version.has(OctaviaVersion.AVAILABILITY_ZONES);
    }

    boolean udpMonitors() {
        return version.has(OctaviaVersion.UDP_CONNECT_MONITORS);
    }

    /** Whether monitors of the type are there; which pools one can watch, the type says. */
    boolean monitors(MonitorType type) {
        return switch (type) {
            case UDP_CONNECT -> udpMonitors();
            case HTTP, HTTPS, PING, TLS_HELLO -> !ovn();
            case TCP, SCTP -> true;
        };
    }

    boolean monitorDomainNames() {
        return version.has(OctaviaVersion.HTTP_MONITOR_DOMAIN_NAME);
    }

    boolean sctp() {
        return version.has(OctaviaVersion.SCTP);
    }

    boolean prometheus() {
        return !ovn() && version.has(OctaviaVersion.PROMETHEUS);
    }

    boolean proxyProtocol() {
        return !ovn();
    }

    boolean proxyProtocolV2() {
        return version.has(OctaviaVersion.PROXYV2);
    }

    boolean layer7() {
        return !ovn();
    }

    /** Whether a monitor of type HTTP can watch a pool of the protocol. */
    boolean httpMonitor(String transport) {
        return !ovn() && (!transport.equals("UDP") || udpMonitors());
    }

    /** Whether a connection comes to a node from the client's address, and not from the load balancer's. */
    boolean nodesSeeClients() {
        return ovn();
    }

    /** Whether a floating IP can be bound before the load balancer is ACTIVE. */
    boolean floatingIpWhilePending() {
        return !ovn();
    }
}
