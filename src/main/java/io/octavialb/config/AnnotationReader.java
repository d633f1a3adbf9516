package io.octavialb.config;

import static io.octavialb.config.Annotations.*;

import io.octavialb.config.AnnotationProblem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the annotations of one Service to its options and problems. */
final class AnnotationReader {
    private final Map<String, String> annotations;
    private final List<AnnotationProblem> problems = new ArrayList<>();

    AnnotationReader(Map<String, String> annotations) {
        this.annotations = annotations;
    }

    ServiceOptions.Parsed read() {
        ServiceOptions options = new ServiceOptions(
                find(INTERNAL),
                find(SOURCE_RANGES),
                find(CLASS),
                find(FLOATING_NETWORK_ID),
                FloatingSubnet.of(find(FLOATING_SUBNET_ID), find(FLOATING_SUBNET), find(FLOATING_SUBNET_TAGS)),
                Objects.requireNonNullElse(find(KEEP_FLOATINGIP), false),
                find(PORT_ID),
                find(SUBNET_ID),
                find(NETWORK_ID),
                find(MEMBER_SUBNET_ID),
                find(NODE_SELECTOR),
                find(LB_METHOD),
                find(CONNECTION_LIMIT),
                Objects.requireNonNullElse(find(PROXY_PROTOCOL), ProxyProtocol.NONE),
                Objects.requireNonNullElse(find(X_FORWARDED_FOR), false),
                find(DEFAULT_TLS_CONTAINER_REF),
                find(TIMEOUT_CLIENT_DATA),
                find(TIMEOUT_MEMBER_CONNECT),
                find(TIMEOUT_MEMBER_DATA),
                find(TIMEOUT_TCP_INSPECT),
                find(FLAVOR_ID),
                find(AVAILABILITY_ZONE),
                find(ENABLE_HEALTH_MONITOR),
                find(HEALTH_MONITOR_DELAY),
                find(HEALTH_MONITOR_TIMEOUT),
                find(HEALTH_MONITOR_MAX_RETRIES),
                find(HEALTH_MONITOR_MAX_RETRIES_DOWN),
                find(HOSTNAME),
                find(LOAD_BALANCER_ID),
                find(LOAD_BALANCER_ADDRESS),
                Objects.requireNonNullElse(find(LOAD_BALANCER_TAGS), List.of()),
                Objects.requireNonNullElse(find(LISTENER_TAGS), List.of()),
                Objects.requireNonNullElse(find(POOL_TAGS), List.of()));
        findContradictions(options);
        findUnknownKeys();
        return new ServiceOptions.Parsed(options, problems);
    }

    private <T> @Nullable T find(Annotation<T> annotation) {
        String text = annotations.get(annotation.key());
        if (text == null || (text.isBlank() && annotation.onEmpty() == Annotation.OnEmpty.NOT_SET)) {
            return null;
        }
        Optional<T> value = annotation.type().parse(text);
        if (value.isEmpty()) {
            boolean refused = annotation.onBadValue() == Annotation.OnBadValue.REFUSE;
            String remedy = "allowed is " + annotation.type().allowed()
                    + (refused ? "" : "; falls back to " + annotation.defaultText());
            problems.add(
                    new AnnotationProblem(refused ? Severity.ERROR : Severity.WARNING, annotation.key(), text, remedy));
        }
        return value.orElse(null);
    }

    private void findContradictions(ServiceOptions options) {
        if (options.proxyProtocol() != ProxyProtocol.NONE && options.xForwardedFor()) {
            problems.add(new AnnotationProblem(
                    Severity.ERROR,
                    PROXY_PROTOCOL.key(),
                    annotations.getOrDefault(PROXY_PROTOCOL.key(), ""),
                    "can't be used together with " + X_FORWARDED_FOR.key() + ": remove one of them"));
        }
    }

    private void findUnknownKeys() {
        List<String> known = ALL.stream().map(Annotation::key).toList();
        new TreeMap<>(annotations).forEach((key, value) -> {
            if (key.startsWith(PREFIX) && !known.contains(key)) {
                problems.add(new AnnotationProblem(
                        Severity.WARNING, key, value, "unknown annotation, ignored; " + hint(key, known)));
            }
        });
    }

    /** Compares without the prefix, which all of them share. */
    private static String hint(String key, List<String> known) {
        return NearestKey.hint(
                key.substring(PREFIX.length()),
                known.stream()
                        .filter(k -> k.startsWith(PREFIX))
                        .map(k -> k.substring(PREFIX.length()))
                        .toList());
    }
}
