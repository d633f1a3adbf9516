package io.octavialb.adoption;

import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A Service that the reference serves.
 *
 * @param provider {@code amphora} or {@code ovn}
 * @param legacyNames whether an early version of the reference made the load balancer
 */
public record AdoptionCase(
        String name,
        UnaryOperator<ServiceBuilder> asks,
        IpFamily family,
        String provider,
        OctaviaVersion version,
        boolean legacyNames) {
    private static final String TLS = "http://127.0.0.1:9311/v1/containers/00000000-0000-4000-8000-000000000001";
    static final OctaviaVersion NEWEST = new OctaviaVersion(2, 30);
    private static final ServicePort HTTP = new ServicePort("http", "TCP", 80, 30080);
    private static final ServicePort HTTPS = new ServicePort("https", "TCP", 443, 30443);
    private static final ServicePort DNS = new ServicePort("dns", "UDP", 53, 30053);
    private static final ServicePort DNS_TCP = new ServicePort("dns-tcp", "TCP", 53, 30054);
    private static final ServicePort SIGNALLING = new ServicePort("signalling", "SCTP", 2905, 30905);
    private static final int HEALTH_CHECK_NODE_PORT = 31000;

    /** Those that a cloud can have that is up to date, and has Octavia's own provider and no certificates. */
    public static Stream<AdoptionCase> ofNewestAmphora() {
        return Stream.of(
                of("one port", service -> service),
                of("several ports", service -> service.ports(List.of(HTTPS, DNS, HTTP, DNS_TCP, SIGNALLING))),
                of("monitors by protocol", service -> monitored(service).ports(List.of(HTTP, DNS, SIGNALLING))),
                of(
                        "a monitor's own numbers",
                        service -> monitored(service)
                                .annotation("health-monitor-delay", "11")
                                .annotation("health-monitor-timeout", "7")
                                .annotation("health-monitor-max-retries", "4")
                                .annotation("health-monitor-max-retries-down", "5")),
                of(
                        "PROXY on every pool",
                        service -> service.ports(List.of(HTTP, HTTPS)).annotation("proxy-protocol", "true")),
                of("PROXY version 2, monitored", service -> monitored(service).annotation("proxy-protocol", "v2")),
                of(
                        "X-Forwarded-For on every listener",
                        service -> service.ports(List.of(HTTP, HTTPS)).annotation("x-forwarded-for", "true")),
                of(
                        "Local with monitors",
                        service -> monitored(service).ports(List.of(HTTP, DNS)).localTraffic(HEALTH_CHECK_NODE_PORT)),
                of("Local without monitors", service -> service.localTraffic(HEALTH_CHECK_NODE_PORT)),
                of("UDP", service -> service.ports(List.of(DNS))),
                of(
                        "session affinity",
                        service -> service.ports(List.of(HTTP, DNS)).clientIpAffinity()),
                of("source ranges", service -> service.sourceRanges("192.0.2.0/24", "198.51.100.0/24")),
                of("internal", ServiceBuilder::internal),
                of(
                        "limits and timeouts",
                        service -> service.annotation("connection-limit", "100")
                                .annotation("timeout-client-data", "100000")
                                .annotation("timeout-member-connect", "6000")
                                .annotation("timeout-member-data", "200000")
                                .annotation("timeout-tcp-inspect", "100")),
                of("another lb-method", service -> service.annotation("lb-method", "LEAST_CONNECTIONS")),
                new AdoptionCase(
                        "IPv6", service -> service.family(IpFamily.IPv6), IpFamily.IPv6, "amphora", NEWEST, false),
                new AdoptionCase(
                        "legacy names, monitored, tagged since",
                        service -> monitored(service).ports(List.of(HTTP, HTTPS)),
                        IpFamily.IPv4,
                        "amphora",
                        NEWEST,
                        true));
    }

    public static Stream<AdoptionCase> all() {
        OctaviaVersion withoutTags = new OctaviaVersion(2, 4);
        UnaryOperator<ServiceBuilder> monitoredPorts =
                service -> monitored(service).ports(List.of(HTTP, HTTPS));
        return Stream.concat(
                ofNewestAmphora(),
                Stream.of(
                        of(
                                "TLS",
                                service -> service.ports(List.of(HTTPS)).annotation("default-tls-container-ref", TLS)),
                        of(
                                "TLS with X-Forwarded-For",
                                service -> service.ports(List.of(HTTPS))
                                        .annotation("default-tls-container-ref", TLS)
                                        .annotation("x-forwarded-for", "true")),
                        new AdoptionCase(
                                "API without tags", monitoredPorts, IpFamily.IPv4, "amphora", withoutTags, false),
                        new AdoptionCase(
                                "API without tags, legacy names",
                                monitoredPorts,
                                IpFamily.IPv4,
                                "amphora",
                                withoutTags,
                                true),
                        new AdoptionCase(
                                "API without HTTP monitors of UDP, Local",
                                service -> monitored(service).localTraffic(HEALTH_CHECK_NODE_PORT),
                                IpFamily.IPv4,
                                "amphora",
                                new OctaviaVersion(2, 15),
                                false),
                        new AdoptionCase(
                                "ovn, Local with monitors",
                                service -> monitored(service)
                                        .ports(List.of(HTTP, DNS))
                                        .localTraffic(HEALTH_CHECK_NODE_PORT)
                                        .sourceRanges("192.0.2.0/24"),
                                IpFamily.IPv4,
                                "ovn",
                                NEWEST,
                                false)));
    }

    private static AdoptionCase of(String name, UnaryOperator<ServiceBuilder> asks) {
        return new AdoptionCase(name, asks, IpFamily.IPv4, "amphora", NEWEST, false);
    }

    private static ServiceBuilder monitored(ServiceBuilder service) {
        return service.annotation("enable-health-monitor", "true");
    }

    @Override
    public String toString() {
        return name;
    }
}
