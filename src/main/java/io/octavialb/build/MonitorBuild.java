package io.octavialb.build;

import io.octavialb.config.MonitorSettings;
import io.octavialb.config.MonitorType;
import io.octavialb.model.Notice;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The health monitor of one port's pool.
 *
 * <p>With externalTrafficPolicy Local, kube-proxy answers {@code GET /healthz} on the healthCheckNodePort with 200 on
 * nodes that have an endpoint; every member's {@code monitor_port} is that port then. Without a monitor, members that
 * serve nothing get their share of the connections all the same, so such a Service has one unless it is refused, or the
 * load balancer was adopted. Else the type follows the port's protocol and the node port itself is probed.
 *
 * @param adopted whether someone else made the load balancer
 */
record MonitorBuild(
        Service service,
        ServicePort port,
        MonitorSettings settings,
        ProviderFeatures features,
        Ownership ownership,
        boolean podsAreMembers,
        boolean adopted) {
    /** Octavia's {@code udp_connect_min_interval_health_monitor}, in seconds. */
    private static final int LEAST_UDP_CONNECT_DELAY = 3;

    /** Null when none is asked for, or none can watch the protocol. */
    @Nullable
    DesiredHealthMonitor of(int index) {
        if (!wanted()) {
            return null;
        }
        MonitorType type = type();
        boolean nodeHealth = probesHealthCheckNodePort();
        String domainName = type.http() && features.monitorDomainNames() ? settings.domainName() : null;
        return new DesiredHealthMonitor(
                ownership.healthMonitorName(index),
                type.octaviaName(),
                delay(type),
                settings.timeout(),
                settings.maxRetries(),
                settings.maxRetriesDown(),
                type.http() ? Objects.requireNonNullElse(settings.httpMethod(), "GET") : null,
                type.http() ? Objects.requireNonNullElse(settings.path(), nodeHealth ? "/healthz" : "/") : null,
                type.http() ? Objects.requireNonNullElse(settings.expectedCodes(), "200") : null,
                domainName == null ? null : 1.1,
                domainName,
                features.tags() ? ownership.healthMonitorTags() : null);
    }

    /** What a member's {@code monitor_port} is; null probes the member's own port. */
    @Nullable
    Integer monitorPort() {
        return wanted() && probesHealthCheckNodePort() ? service.healthCheckNodePort() : null;
    }

    /** What is not as it was asked for. */
    List<Notice> notices() {
        List<Notice> notices = new ArrayList<>();
        if (!wanted()) {
            if (servesOnSomeNodesOnly()) {
                notices.add(new Notice(
                        EventReasons.LOCAL_TRAFFIC_UNMONITORED,
                        "externalTrafficPolicy Local without a health monitor: connections to nodes without an endpoint"
                                + " are lost: set loadbalancer.openstack.org/enable-health-monitor: \"true\""));
            }
            return notices;
        }
        MonitorType asked = asked();
        MonitorType type = type();
        if (asked != null && asked != type) {
            notices.add(ignored(
                    "health-monitor-type",
                    asked.octaviaName(),
                    "can't watch " + where() + ": it is checked by " + type.octaviaName()));
        }
        if (delay(type) != settings.delay()) {
            notices.add(ignored(
                    "health-monitor-delay",
                    String.valueOf(settings.delay()),
                    "UDP-CONNECT on " + where() + " needs at least " + LEAST_UDP_CONNECT_DELAY + ", which applies"));
        }
        if (settings.domainName() != null && !features.monitorDomainNames()) {
            notices.add(ignored(
                    "health-monitor-domain-name",
                    settings.domainName(),
                    "this cloud's Octavia is " + features.version() + ", it needs "
                            + OctaviaVersion.HTTP_MONITOR_DOMAIN_NAME));
        }
        return notices;
    }

    private static Notice ignored(String key, String value, String why) {
        return new Notice(
                EventReasons.ANNOTATION_IGNORED, "loadbalancer.openstack.org/" + key + ": \"" + value + "\": " + why);
    }

    private String where() {
        return port.protocol() + " port " + port.port();
    }

    private boolean wanted() {
        boolean asked = settings.enabled() || (servesOnSomeNodesOnly() && !settings.refused() && !adopted);
        return asked && features.monitors(type());
    }

    private boolean servesOnSomeNodesOnly() {
        return !podsAreMembers && service.localTrafficOnly() && service.healthCheckNodePort() > 0;
    }

    private boolean probesHealthCheckNodePort() {
        return servesOnSomeNodesOnly() && asked() == null && features.httpMonitor(port.protocol());
    }

    private @Nullable MonitorType asked() {
        return settings.type() == null && settings.path() != null ? MonitorType.HTTP : settings.type();
    }

    private MonitorType type() {
        MonitorType asked = asked();
        if (asked != null && asked.watches(port.protocol()) && features.monitors(asked)) {
            return asked;
        }
        return probesHealthCheckNodePort() ? MonitorType.HTTP : MonitorType.ofProtocol(port.protocol());
    }

    private int delay(MonitorType type) {
        return type == MonitorType.UDP_CONNECT ? Math.max(settings.delay(), LEAST_UDP_CONNECT_DELAY) : settings.delay();
    }
}
