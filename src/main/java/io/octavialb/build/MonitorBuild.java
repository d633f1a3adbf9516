package io.octavialb.build;

import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import org.jspecify.annotations.Nullable;

/**
 * The health monitor of a port's pool.
 *
 * <p>With externalTrafficPolicy Local, kube-proxy answers {@code GET /healthz} on the healthCheckNodePort with 200 on
 * nodes that have an endpoint; every member's {@code monitor_port} is that port then. Else the type follows the port's
 * protocol and the node port itself is probed.
 */
record MonitorBuild(Service service, LoadBalancerSettings settings, ProviderFeatures features, Ownership ownership) {

    /** Null when none is asked for, or none can watch the protocol. */
    @Nullable
    DesiredHealthMonitor of(int index, ServicePort port) {
        if (!settings.createMonitor() || (port.protocol().equals("UDP") && !features.udpMonitors())) {
            return null;
        }
        boolean http = probesHealthCheckNodePort(port);
        return new DesiredHealthMonitor(
                ownership.healthMonitorName(index),
                http ? "HTTP" : type(port),
                settings.monitorDelay(),
                settings.monitorTimeout(),
                settings.monitorMaxRetries(),
                settings.monitorMaxRetriesDown(),
                http ? "GET" : null,
                http ? "/healthz" : null,
                http ? "200" : null,
                features.tags() ? ownership.healthMonitorTags() : null);
    }

    /** What a member's {@code monitor_port} is; null probes the member's own port. */
    @Nullable
    Integer monitorPort(ServicePort port) {
        return settings.createMonitor() && probesHealthCheckNodePort(port) ? service.healthCheckNodePort() : null;
    }

    private boolean probesHealthCheckNodePort(ServicePort port) {
        return service.localTrafficOnly() && service.healthCheckNodePort() > 0 && features.httpMonitor(port.protocol());
    }

    private static String type(ServicePort port) {
        return port.protocol().equals("UDP") ? "UDP-CONNECT" : port.protocol();
    }
}
