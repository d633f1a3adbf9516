package io.octavialb.build;

import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ProxyProtocol;
import io.octavialb.model.Facts;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The listener of each port of a Service, with its pool, members and monitor. */
record ListenerBuild(
        Service service,
        List<Node> nodes,
        LoadBalancerSettings settings,
        Facts facts,
        ProviderFeatures features,
        Ownership ownership,
        SourceRanges sourceRanges) {
    private static final int DEFAULT_DATA_TIMEOUT_MS = 50_000;
    private static final int DEFAULT_CONNECT_TIMEOUT_MS = 5_000;
    private static final int DEFAULT_INSPECT_TIMEOUT_MS = 0;

    List<DesiredListener> all() {
        List<DesiredListener> listeners = new ArrayList<>();
        for (int i = 0; i < service.ports().size(); i++) {
            listeners.add(listener(i, service.ports().get(i)));
        }
        return listeners;
    }

    private DesiredListener listener(int index, ServicePort port) {
        String protocol = listenerProtocol(port);
        boolean tls = protocol.equals("TERMINATED_HTTPS");
        return new DesiredListener(
                ownership.listenerName(index),
                protocol,
                port.port(),
                settings.connectionLimit(),
                timeout(settings.timeoutClientData(), DEFAULT_DATA_TIMEOUT_MS),
                timeout(settings.timeoutMemberConnect(), DEFAULT_CONNECT_TIMEOUT_MS),
                timeout(settings.timeoutMemberData(), DEFAULT_DATA_TIMEOUT_MS),
                timeout(settings.timeoutTcpInspect(), DEFAULT_INSPECT_TIMEOUT_MS),
                features.vipAcl() ? sourceRanges.cidrs() : null,
                isLayer7(protocol) ? insertHeaders() : null,
                tls ? settings.tlsContainerRef() : null,
                features.tags() ? listenerTags() : null,
                pool(index, port, protocol));
    }

    private Map<String, String> insertHeaders() {
        return settings.xForwardedFor() ? Map.of(DesiredListener.FORWARDED_FOR, "true") : Map.of();
    }

    private List<String> listenerTags() {
        return Stream.concat(ownership.listenerTags().stream(), settings.listenerTags().stream())
                .distinct()
                .toList();
    }

    private @Nullable Integer timeout(@Nullable Integer asked, int byDefault) {
        if (!features.timeouts()) {
            return null;
        }
        return asked == null ? byDefault : asked;
    }

    private DesiredPool pool(int index, ServicePort port, String listenerProtocol) {
        MonitorBuild monitor = new MonitorBuild(service, settings, features, ownership);
        return new DesiredPool(
                ownership.poolName(index),
                poolProtocol(port, listenerProtocol),
                settings.lbMethod().name(),
                service.sessionAffinity().equals("ClientIP") ? new DesiredPool.SessionPersistence("SOURCE_IP") : null,
                members(port, monitor.monitorPort(port)),
                monitor.of(index, port),
                features.tags() && !settings.poolTags().isEmpty() ? settings.poolTags() : null);
    }

    /**
     * Sorted, so that the order of nodes in a list is no difference. An address is a member once: a node that replaces
     * another at its address is there for a while beside it.
     */
    private List<DesiredMember> members(ServicePort port, @Nullable Integer monitorPort) {
        if (port.nodePort() == 0) {
            return List.of();
        }
        Map<String, DesiredMember> byAddress = new LinkedHashMap<>();
        nodes.stream()
                .sorted(Comparator.comparing(Node::name))
                .flatMap(node -> NodeAddresses.of(node, service.primaryFamily()).stream()
                        .map(address -> DesiredMember.serving(
                                node.name(), address, port.nodePort(), facts.memberSubnetId(), monitorPort)))
                .forEach(member -> byAddress.putIfAbsent(member.address(), member));
        return List.copyOf(byAddress.values());
    }

    private String listenerProtocol(ServicePort port) {
        if (!port.protocol().equals("TCP") || !features.layer7()) {
            return port.protocol();
        }
        if (settings.tlsContainerRef() != null) {
            return "TERMINATED_HTTPS";
        }
        return settings.xForwardedFor() ? "HTTP" : "TCP";
    }

    private static boolean isLayer7(String listenerProtocol) {
        return listenerProtocol.equals("HTTP") || listenerProtocol.equals("TERMINATED_HTTPS");
    }

    /**
     * The PROXY protocol is a prefix to a TCP stream, so a datagram has no place for it. It is asked for before layer 7:
     * a listener that ends TLS tells the client's address in it as well.
     */
    private String poolProtocol(ServicePort port, String listenerProtocol) {
        if (port.protocol().equals("TCP") && settings.proxyProtocol() != ProxyProtocol.NONE) {
            return settings.proxyProtocol().name();
        }
        return isLayer7(listenerProtocol) ? "HTTP" : port.protocol();
    }
}
