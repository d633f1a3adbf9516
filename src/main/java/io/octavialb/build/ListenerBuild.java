package io.octavialb.build;

import io.octavialb.config.ForwardedHeaders;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.PortSettings;
import io.octavialb.config.ProxyProtocol;
import io.octavialb.model.Facts;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.desired.InsertHeaders;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The listener of each port of a Service, with its pool, members and monitor. */
record ListenerBuild(
        Service service,
        List<Node> nodes,
        LoadBalancerSettings settings,
        Facts facts,
        ProviderFeatures features,
        Ownership ownership) {
    private static final int DEFAULT_DATA_TIMEOUT_MS = 50_000;
    private static final int DEFAULT_CONNECT_TIMEOUT_MS = 5_000;
    private static final int DEFAULT_INSPECT_TIMEOUT_MS = 0;

    /** Those of the ports that can be served, and the one for Prometheus likewise. */
    List<DesiredListener> of(Predicate<ServicePort> served) {
        List<DesiredListener> listeners = new ArrayList<>();
        for (int i = 0; i < service.ports().size(); i++) {
            ServicePort port = service.ports().get(i);
            if (served.test(port)) {
                listeners.add(listener(i, port));
            }
        }
        if (settings.prometheusPort() != null && features.prometheus() && served.test(settings.prometheusPort())) {
            listeners.add(prometheus(service.ports().size(), settings.prometheusPort()));
        }
        return listeners;
    }

    private DesiredListener listener(int index, ServicePort port) {
        PortSettings of = settings.port(port);
        String protocol = listenerProtocol(port, of);
        boolean tls = protocol.equals("TERMINATED_HTTPS");
        return new DesiredListener(
                ownership.listenerName(index),
                protocol,
                port.port(),
                of.connectionLimit(),
                timeout(of.timeoutClientData(), DEFAULT_DATA_TIMEOUT_MS),
                timeout(of.timeoutMemberConnect(), DEFAULT_CONNECT_TIMEOUT_MS),
                timeout(of.timeoutMemberData(), DEFAULT_DATA_TIMEOUT_MS),
                timeout(of.timeoutTcpInspect(), DEFAULT_INSPECT_TIMEOUT_MS),
                features.vipAcl() ? allowedCidrs(of) : null,
                isLayer7(protocol) ? insertHeaders(of.forwardedHeaders()) : null,
                tls ? of.tlsContainerRef() : null,
                features.tags() ? listenerTags(of) : null,
                pool(index, port, of, protocol));
    }

    /** The load balancer's own metrics. */
    private DesiredListener prometheus(int index, ServicePort port) {
        PortSettings of = settings.port(port);
        return new DesiredListener(
                ownership.listenerName(index),
                "PROMETHEUS",
                port.port(),
                of.connectionLimit(),
                timeout(of.timeoutClientData(), DEFAULT_DATA_TIMEOUT_MS),
                timeout(of.timeoutMemberConnect(), DEFAULT_CONNECT_TIMEOUT_MS),
                timeout(of.timeoutMemberData(), DEFAULT_DATA_TIMEOUT_MS),
                timeout(of.timeoutTcpInspect(), DEFAULT_INSPECT_TIMEOUT_MS),
                features.vipAcl() ? allowedCidrs(of) : null,
                null,
                null,
                features.tags() ? listenerTags(of) : null,
                null);
    }

    /** Null where they are not known: such a port is held. */
    private @Nullable List<String> allowedCidrs(PortSettings of) {
        SourceRanges ranges = SourceRanges.of(service, of, facts.families());
        return ranges.problems().isEmpty() ? ranges.cidrs() : null;
    }

    /** The reference knows X-Forwarded-For only; on load balancers of others the rest is ours when it is asked for. */
    private InsertHeaders insertHeaders(ForwardedHeaders asked) {
        Set<String> inserted = new TreeSet<>();
        Set<String> ours = new TreeSet<>(Set.of(InsertHeaders.FORWARDED_FOR));
        if (asked.xForwardedFor()) {
            inserted.add(InsertHeaders.FORWARDED_FOR);
        }
        if (asked.xForwardedPort()) {
            inserted.add(InsertHeaders.FORWARDED_PORT);
        }
        if (asked.xForwardedProto()) {
            inserted.add(InsertHeaders.FORWARDED_PROTO);
        }
        if (!facts.adopted()) {
            ours.addAll(Set.of(InsertHeaders.FORWARDED_PORT, InsertHeaders.FORWARDED_PROTO));
        }
        return new InsertHeaders(inserted, ours);
    }

    private List<String> listenerTags(PortSettings of) {
        return Stream.concat(ownership.listenerTags().stream(), of.listenerTags().stream())
                .distinct()
                .toList();
    }

    private @Nullable Integer timeout(@Nullable Integer asked, int byDefault) {
        if (!features.timeouts()) {
            return null;
        }
        return asked == null ? byDefault : asked;
    }

    private DesiredPool pool(int index, ServicePort port, PortSettings of, String listenerProtocol) {
        MonitorBuild monitor = monitor(port);
        return new DesiredPool(
                ownership.poolName(index),
                poolProtocol(port, of, listenerProtocol),
                of.lbMethod().name(),
                SessionAffinity.of(service).persistence(port.protocol()),
                new MemberBuild(service, nodes, settings, facts).of(port, monitor.monitorPort()),
                monitor.of(index),
                features.tags() && !of.poolTags().isEmpty() ? of.poolTags() : null);
    }

    private MonitorBuild monitor(ServicePort port) {
        return new MonitorBuild(
                service,
                port,
                settings.port(port).monitor(),
                settings.port(port).asked(),
                features,
                ownership,
                settings.podsAreMembers(),
                facts.adopted());
    }

    /** What is not as it was asked for. */
    List<Notice> notices() {
        return service.ports().stream()
                .flatMap(port -> monitor(port).notices().stream())
                .distinct()
                .toList();
    }

    private String listenerProtocol(ServicePort port, PortSettings of) {
        if (!port.protocol().equals("TCP") || !features.layer7()) {
            return port.protocol();
        }
        if (of.tlsContainerRef() != null) {
            return "TERMINATED_HTTPS";
        }
        return of.forwardedHeaders().any() ? "HTTP" : "TCP";
    }

    private static boolean isLayer7(String listenerProtocol) {
        return listenerProtocol.equals("HTTP") || listenerProtocol.equals("TERMINATED_HTTPS");
    }

    /**
     * The PROXY protocol is a prefix to a TCP stream, so a datagram has no place for it. It is asked for before layer 7:
     * a listener that ends TLS tells the client's address in it as well.
     */
    private static String poolProtocol(ServicePort port, PortSettings of, String listenerProtocol) {
        if (port.protocol().equals("TCP") && of.proxyProtocol() != ProxyProtocol.NONE) {
            return of.proxyProtocol().name();
        }
        return isLayer7(listenerProtocol) ? "HTTP" : port.protocol();
    }
}
