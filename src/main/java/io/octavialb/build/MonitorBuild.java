package io.octavialb.build;

import io.octavialb.config.Asked;
import io.octavialb.config.AskedSettings;
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
        AskedSettings keys,
        ProviderFeatures features,
        Ownership ownership,
        boolean podsAreMembers,
        boolean adopted) {
    /** Octavia's {@code udp_connect_min_interval_health_monitor}, in seconds. */
    private static final int LEAST_UDP_CONNECT_DELAY = 3;

    private static final List<String> HTTP_FIELDS = List.of(
            "health-monitor-path",
            "health-monitor-http-method",
            "health-monitor-expected-codes",
            "health-monitor-domain-name");

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
        if (wanted()) {
            told(notices, type());
        } else if (servesOnSomeNodesOnly() && !possible()) {
            notices.add(new Notice(
                    EventReasons.LOCAL_TRAFFIC_UNMONITORED,
                    "externalTrafficPolicy Local without a health monitor: connections to nodes without an endpoint are"
                            + " lost: " + incapable(type())));
        } else if (servesOnSomeNodesOnly()) {
            notices.add(new Notice(
                    EventReasons.LOCAL_TRAFFIC_UNMONITORED,
                    "externalTrafficPolicy Local without a health monitor: connections to nodes without an endpoint"
                            + " are lost: set loadbalancer.openstack.org/enable-health-monitor: \"true\""));
        } else if (!possible() && !settings.refused()) {
            keys.find("enable-health-monitor")
                    .or(() -> keys.find("health-monitor-type"))
                    .ifPresent(asked ->
                            notices.add(ignored(asked, "no monitor for " + where() + ": " + incapable(type()))));
        } else if (!settings.refused()) {
            httpFields(
                    notices,
                    "nothing asks for a health monitor: set loadbalancer.openstack.org/"
                            + "enable-health-monitor: \"true\", or remove it");
        }
        return notices;
    }

    private void told(List<Notice> notices, MonitorType type) {
        MonitorType asked = asked();
        if (asked != null && asked != type) {
            String why = asked.watches(port.protocol())
                    ? incapable(asked) + ": " + where() + " is checked by "
                    : "can't watch " + where() + ": it is checked by ";
            keys.find("health-monitor-type").ifPresent(key -> notices.add(ignored(key, why + type.octaviaName())));
        } else if (!type.http()) {
            httpFields(
                    notices,
                    "only an HTTP or HTTPS check has such a thing, and " + where() + " is checked by "
                            + type.octaviaName());
        }
        if (delay(type) != settings.delay()) {
            keys.find("health-monitor-delay")
                    .ifPresent(key -> notices.add(ignored(
                            key,
                            "UDP-CONNECT on " + where() + " needs at least " + LEAST_UDP_CONNECT_DELAY
                                    + ", which applies")));
        }
    }

    /** Of what only a request by HTTP has. */
    private void httpFields(List<Notice> notices, String why) {
        Unsupported unsupported = new Unsupported(features);
        HTTP_FIELDS.stream()
                .flatMap(field -> keys.find(field).stream())
                .filter(asked -> unsupported.why(asked).isEmpty())
                .forEach(asked -> notices.add(ignored(asked, why)));
    }

    private String incapable(MonitorType type) {
        return type == MonitorType.UDP_CONNECT || features.monitors(type)
                ? "this cloud's Octavia is " + features.version() + ", UDP-CONNECT needs "
                        + OctaviaVersion.UDP_CONNECT_MONITORS
                : "the provider " + features.provider() + " has no monitors of type " + type.octaviaName();
    }

    private static Notice ignored(Asked asked, String why) {
        return new Notice(EventReasons.ANNOTATION_IGNORED, asked + ": " + why);
    }

    private String where() {
        return port.protocol() + " port " + port.port();
    }

    private boolean wanted() {
        return asksForOne() && features.monitors(type());
    }

    private boolean asksForOne() {
        return settings.enabled() || (servesOnSomeNodesOnly() && !settings.refused() && !adopted);
    }

    /** Whether what is asked for, if anything is, can be had. */
    private boolean possible() {
        return !asksForOne() || features.monitors(type());
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
