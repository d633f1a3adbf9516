package io.octavialb.build;

import io.octavialb.config.PortSettings;
import io.octavialb.config.ProxyProtocol;
import io.octavialb.model.Hold;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Notice;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can't be had of the ports of a Service, and which of them are held for it. */
final class PortProblems {
    private static final Set<String> PROTOCOLS = Set.of("TCP", "UDP", "SCTP");

    private static final String PROMETHEUS = "loadbalancer.openstack.org/prometheus-listener-port";

    private final ProviderFeatures features;
    private final Set<Notice> notices = new LinkedHashSet<>();
    private final Map<ListenerKey, Hold> held = new LinkedHashMap<>();
    private @Nullable ServicePort withoutPlace;

    PortProblems(ProviderFeatures features) {
        this.features = features;
    }

    /** Told once, though they be of several ports. */
    List<Notice> notices() {
        return List.copyOf(notices);
    }

    Map<ListenerKey, Hold> held() {
        return held;
    }

    boolean serves(ServicePort port) {
        return held.get(key(port)) != Hold.ALL && !port.equals(withoutPlace);
    }

    void check(ServicePort port, PortSettings settings, SourceRanges sourceRanges) {
        if (settings.hold() != null) {
            hold(port, settings.hold());
        }
        sourceRanges.problems().forEach(problem -> add(port, Hold.ALL_BUT_MEMBERS, problem));
        checkProtocol(port);
        checkFeatures(port, settings);
    }

    /** The listener for Prometheus gives way to a port of the Service. */
    void checkPrometheus(
            List<ServicePort> ports, ServicePort prometheus, PortSettings settings, SourceRanges sourceRanges) {
        if (ports.stream().anyMatch(port -> key(port).equals(key(prometheus)))) {
            withoutPlace = prometheus;
            notices.add(new Notice(
                    EventReasons.SYNC_FAILED,
                    PROMETHEUS + ": \"" + prometheus.port() + "\": the Service has this port itself: name another"));
        } else {
            if (settings.hold() != null) {
                hold(prometheus, settings.hold());
            }
            sourceRanges.problems().forEach(problem -> add(prometheus, Hold.ALL_BUT_MEMBERS, problem));
        }
    }

    private void checkProtocol(ServicePort port) {
        String where = "spec.ports port " + port.port() + " protocol: \"" + port.protocol() + "\": ";
        if (!PROTOCOLS.contains(port.protocol())) {
            add(port, Hold.ALL, new Notice(EventReasons.SYNC_FAILED, where + "Octavia balances TCP, UDP and SCTP"));
        } else if (port.protocol().equals("SCTP") && !features.sctp()) {
            add(
                    port,
                    Hold.ALL,
                    new Notice(
                            EventReasons.SYNC_FAILED,
                            where + "this cloud's Octavia is " + features.version() + ", SCTP needs v2.23"));
        }
    }

    private void checkFeatures(ServicePort port, PortSettings settings) {
        List<Notice> unsupported = new Unsupported(features).problems(settings.asked());
        unsupported.forEach(problem -> add(port, Hold.SETTINGS, problem));
        boolean tooOld = settings.proxyProtocol() == ProxyProtocol.PROXYV2 && !features.proxyProtocolV2();
        if (unsupported.isEmpty() && tooOld) {
            settings.asked()
                    .find("proxy-protocol")
                    .ifPresent(asked -> add(
                            port,
                            Hold.SETTINGS,
                            new Notice(
                                    EventReasons.SYNC_FAILED,
                                    asked + ": this cloud's Octavia is " + features.version() + ", it needs "
                                            + OctaviaVersion.PROXYV2 + ": use \"v1\"")));
        }
    }

    private void add(ServicePort port, Hold hold, Notice notice) {
        notices.add(notice);
        hold(port, hold);
    }

    private void hold(ServicePort port, Hold hold) {
        held.merge(key(port), hold, Hold::or);
    }

    private static ListenerKey key(ServicePort port) {
        return ListenerKey.of(port.protocol(), port.port());
    }
}
