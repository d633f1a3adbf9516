package io.octavialb.vip;

import io.octavialb.vrrp.Cause;
import io.octavialb.vrrp.Role;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The agent's metrics in Prometheus' text format; an instance is named by the label {@code instance}. */
final class AgentMetrics {
    private static final double NANOSECONDS = 1e-9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Gauge role = Gauge.builder()
            .name("octavia_lb_vip_role")
            .help("1 for the role that the virtual router has on this node, 0 for the others.")
            .labelNames("instance", "role")
            .register(registry);
    private final Gauge priority = Gauge.builder()
            .name("octavia_lb_vip_priority")
            .help("Priority of the virtual router on this node, with the weights of what it tracks.")
            .labelNames("instance")
            .register(registry);
    private final Counter transitions = Counter.builder()
            .name("octavia_lb_vip_transitions_total")
            .help("Changes of role.")
            .labelNames("instance", "from", "to", "cause")
            .register(registry);
    private final Counter sent = Counter.builder()
            .name("octavia_lb_vip_advertisements_sent_total")
            .help("Advertisements sent; with unicast each peer counts.")
            .labelNames("instance")
            .register(registry);
    private final Counter sendErrors = Counter.builder()
            .name("octavia_lb_vip_advertisement_send_errors_total")
            .help("Advertisements that the kernel refused to send.")
            .labelNames("instance")
            .register(registry);
    private final Counter received = Counter.builder()
            .name("octavia_lb_vip_advertisements_received_total")
            .help("Valid advertisements that concern the virtual router.")
            .labelNames("instance")
            .register(registry);
    private final Counter discarded = Counter.builder()
            .name("octavia_lb_vip_advertisements_discarded_total")
            .help("Packets that were not taken for an advertisement of one of this node's virtual routers.")
            .labelNames("interface", "reason")
            .register(registry);
    private final Counter notices = Counter.builder()
            .name("octavia_lb_vip_notices_total")
            .help("What happened beside changes of role: contested, stalled, address_lost.")
            .labelNames("instance", "notice")
            .register(registry);
    private final Histogram lateness = Histogram.builder()
            .name("octavia_lb_vip_turn_lateness_seconds")
            .help("How late after a timer was due the agent took its turn.")
            .classicOnly()
            .classicUpperBounds(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5)
            .register(registry);

    /** The counters of one instance that are used with each advertisement, looked up once. */
    record OfInstance(CounterDataPoint sent, CounterDataPoint sendErrors, CounterDataPoint received) {}

    OfInstance of(String instance) {
        return new OfInstance(
                sent.labelValues(instance), sendErrors.labelValues(instance), received.labelValues(instance));
    }

    void role(String instance, Role now, int priorityNow) {
        for (Role one : Role.values()) {
            role.labelValues(instance, word(one)).set(one == now ? 1 : 0);
        }
        priority.labelValues(instance).set(priorityNow);
    }

    void transition(String instance, Role from, Role to, Cause cause) {
        transitions.labelValues(instance, word(from), word(to), word(cause)).inc();
    }

    void notice(String instance, Enum<?> notice) {
        notices.labelValues(instance, word(notice)).inc();
    }

    CounterDataPoint discarded(String interfaceName, Enum<?> reason) {
        return discarded.labelValues(interfaceName, word(reason));
    }

    void lateness(long nanos) {
        lateness.observe(nanos * NANOSECONDS);
    }

    /** An instance that is no longer configured. */
    void forget(String instance) {
        role.removeIf(labels -> labels.getFirst().equals(instance));
        priority.removeIf(labels -> labels.getFirst().equals(instance));
        for (Counter counter : List.of(transitions, sent, sendErrors, received, notices)) {
            counter.removeIf(labels -> labels.getFirst().equals(instance));
        }
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
