package io.octavialb.config;

import static io.octavialb.config.Annotations.*;

import io.octavialb.config.AnnotationProblem.Severity;
import io.octavialb.model.Hold;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the annotations of one Service to its options and problems. */
final class AnnotationReader {
    private static final String PROMETHEUS = "prometheus";
    private final Map<String, String> annotations;
    private final List<ServicePort> ports;
    private final @Nullable ServicePort prometheusPort;
    /** What is wrong with an annotation for all ports is found for each, and told once. */
    private final Set<AnnotationProblem> problems = new LinkedHashSet<>();

    private final Set<Asked> asked = new LinkedHashSet<>();
    private final Map<ServicePort, AskedSettings> askedOfPorts = new LinkedHashMap<>();

    AnnotationReader(Map<String, String> annotations, List<ServicePort> ports) {
        this.annotations = annotations;
        Integer prometheus = find(PROMETHEUS_LISTENER_PORT);
        this.prometheusPort = prometheus == null ? null : new ServicePort(PROMETHEUS, "TCP", prometheus, 0);
        this.ports =
                Stream.concat(ports.stream(), Stream.ofNullable(prometheusPort)).toList();
    }

    ServiceOptions.Parsed read() {
        ServiceOptions options = new ServiceOptions(
                find(INTERNAL),
                find(CLASS),
                find(FLOATING_NETWORK_ID),
                FloatingSubnet.of(find(FLOATING_SUBNET_ID), find(FLOATING_SUBNET), find(FLOATING_SUBNET_TAGS)),
                keepFloatingIp(),
                find(PORT_ID),
                find(SUBNET_ID),
                find(ADDITIONAL_SUBNET_ID),
                find(NETWORK_ID),
                find(MEMBER_SUBNET_ID),
                find(MEMBER_TARGET),
                find(NODE_SELECTOR),
                find(FLAVOR_ID),
                find(AVAILABILITY_ZONE),
                prometheusPort,
                find(HOSTNAME),
                find(LOAD_BALANCER_ID),
                find(LOAD_BALANCER_ADDRESS),
                Objects.requireNonNullElse(find(LOAD_BALANCER_TAGS), List.of()),
                ports());
        findUnknownKeys();
        return new ServiceOptions.Parsed(
                options, new AskedSettings(List.copyOf(asked)), askedOfPorts, List.copyOf(problems));
    }

    /** A floating IP that is given back does not return, so what can't be read keeps it. */
    private boolean keepFloatingIp() {
        return Objects.requireNonNullElse(find(KEEP_FLOATINGIP), annotations.containsKey(KEEP_FLOATINGIP.key()));
    }

    private Map<ServicePort, PortOptions> ports() {
        Map<ServicePort, PortOptions> options = new LinkedHashMap<>();
        ports.forEach(port -> options.put(port, new PortReader(port).read()));
        return options;
    }

    private <T> @Nullable T find(Annotation<T> annotation) {
        return find(annotation, annotation.key(), annotation.defaultText(), asked);
    }

    private <T> @Nullable T find(Annotation<T> annotation, String key, String fallback, Set<Asked> asked) {
        String text = annotations.get(key);
        if (text == null || !says(annotation, text)) {
            return null;
        }
        Optional<T> value = annotation.type().parse(text);
        value.ifPresentOrElse(
                known -> asked.add(Asked.by(annotation, key, text, known)),
                () -> problems.add(notAllowed(annotation, key, text, fallback)));
        return value.orElse(null);
    }

    private static AnnotationProblem notAllowed(Annotation<?> annotation, String key, String text, String fallback) {
        String allowed = "allowed is " + annotation.type().allowed();
        return switch (annotation.onBadValue()) {
            case FALL_BACK ->
                new AnnotationProblem(
                        Severity.FALLS_BACK,
                        key,
                        text,
                        allowed + "; what is new falls back to " + fallback + ", what is there stays as it is");
            case SPARE ->
                new AnnotationProblem(
                        Severity.WARNING, key, text, allowed + "; until it is put right nothing is deleted for it");
            case KEEP -> new AnnotationProblem(Severity.KEEPS, key, text, allowed);
            case REFUSE -> new AnnotationProblem(Severity.ERROR, key, text, allowed);
        };
    }

    private static boolean says(Annotation<?> annotation, String text) {
        return !text.isBlank() || annotation.onEmpty() != Annotation.OnEmpty.NOT_SET;
    }

    private void findUnknownKeys() {
        List<String> known = ALL.stream().map(Annotation::key).toList();
        new TreeMap<>(annotations).forEach((key, value) -> {
            Optional<String> port = portOf(key);
            if (port.isPresent() && !isKnown(port.get())) {
                warn(key, value, "the Service has no port of the name or number " + port.get() + "; ignored");
            } else if (port.isEmpty() && key.startsWith(PREFIX) && !known.contains(key)) {
                warn(key, value, "unknown annotation, ignored; " + hint(key, known));
            }
        });
    }

    private void warn(String key, String value, String remedy) {
        problems.add(new AnnotationProblem(Severity.WARNING, key, value, remedy));
    }

    /** The name or number in the key of an annotation for one port. */
    private static Optional<String> portOf(String key) {
        return ALL.stream()
                .filter(annotation -> annotation.perPort() && key.startsWith(annotation.key() + "."))
                .map(annotation -> key.substring(annotation.key().length() + 1))
                .findFirst();
    }

    /** The port for Prometheus is not known while its number can't be read. */
    private boolean isKnown(String nameOrNumber) {
        boolean prometheusIsUnclear = prometheusPort == null && annotations.containsKey(PROMETHEUS_LISTENER_PORT.key());
        return ports.stream().anyMatch(port -> isNamed(port, nameOrNumber))
                || (prometheusIsUnclear && nameOrNumber.equals(PROMETHEUS));
    }

    private static boolean isNamed(ServicePort port, String nameOrNumber) {
        return nameOrNumber.equals(port.name()) || nameOrNumber.equals(String.valueOf(port.port()));
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

    /**
     * The annotations as they count for one port: by its number, by its name, then for all ports.
     *
     * <p>What is said for the port alone also silences what is said for all ports and contradicts it.
     */
    private final class PortReader {
        private final ServicePort port;
        private final Set<Asked> asked = new LinkedHashSet<>();
        private @Nullable Hold hold;

        PortReader(ServicePort port) {
            this.port = port;
        }

        PortOptions read() {
            ProxyProtocol proxyProtocol = Objects.requireNonNullElse(of(PROXY_PROTOCOL), ProxyProtocol.NONE);
            ForwardedHeaders headers =
                    new ForwardedHeaders(is(X_FORWARDED_FOR), is(X_FORWARDED_PORT), is(X_FORWARDED_PROTO));
            if (proxyProtocol != ProxyProtocol.NONE && headers.any()) {
                contradiction();
            }
            List<Cidr> sourceRanges = of(SOURCE_RANGES, Hold.ALL_BUT_MEMBERS);
            PortOptions options = new PortOptions(
                    sourceRanges,
                    of(LB_METHOD),
                    of(CONNECTION_LIMIT),
                    proxyProtocol,
                    headers,
                    of(DEFAULT_TLS_CONTAINER_REF),
                    of(TIMEOUT_CLIENT_DATA),
                    of(TIMEOUT_MEMBER_CONNECT),
                    of(TIMEOUT_MEMBER_DATA),
                    of(TIMEOUT_TCP_INSPECT),
                    monitor(),
                    Objects.requireNonNullElse(of(LISTENER_TAGS), List.of()),
                    Objects.requireNonNullElse(of(POOL_TAGS), List.of()),
                    hold);
            askedOfPorts.put(port, new AskedSettings(List.copyOf(asked)));
            return options;
        }

        private MonitorOptions monitor() {
            return new MonitorOptions(
                    of(ENABLE_HEALTH_MONITOR),
                    of(HEALTH_MONITOR_DELAY),
                    of(HEALTH_MONITOR_TIMEOUT),
                    of(HEALTH_MONITOR_MAX_RETRIES),
                    of(HEALTH_MONITOR_MAX_RETRIES_DOWN),
                    of(HEALTH_MONITOR_TYPE),
                    of(HEALTH_MONITOR_PATH),
                    of(HEALTH_MONITOR_HTTP_METHOD),
                    of(HEALTH_MONITOR_EXPECTED_CODES),
                    of(HEALTH_MONITOR_DOMAIN_NAME));
        }

        private <T> @Nullable T of(Annotation<T> annotation) {
            return of(annotation, Hold.SETTINGS);
        }

        /** @param ifBad what is left of the port as it is if the value is not allowed */
        private <T> @Nullable T of(Annotation<T> annotation, Hold ifBad) {
            Optional<String> own = ownKey(annotation);
            boolean silenced = own.isEmpty()
                    && ALL.stream()
                            .filter(other -> annotation.excludes().contains(other.key()))
                            .anyMatch(other -> ownKey(other).isPresent());
            if (silenced) {
                return null;
            }
            String key = own.orElse(annotation.key());
            T value = find(annotation, key, own.isPresent() ? "the default" : annotation.defaultText(), asked);
            String text = annotations.get(key);
            if (value == null && text != null && says(annotation, text)) {
                hold(annotation.onBadValue() == Annotation.OnBadValue.FALL_BACK ? Hold.SETTINGS_THERE : ifBad);
            }
            return value;
        }

        private void hold(Hold more) {
            hold = hold == null ? more : hold.or(more);
        }

        private boolean is(Annotation<Boolean> annotation) {
            return Boolean.TRUE.equals(of(annotation));
        }

        private Optional<String> ownKey(Annotation<?> annotation) {
            return Stream.of(String.valueOf(port.port()), port.name())
                    .map(suffix -> annotation.key() + "." + suffix)
                    .filter(key -> annotations.containsKey(key) && says(annotation, annotations.getOrDefault(key, "")))
                    .findFirst();
        }

        private void contradiction() {
            String key = ownKey(PROXY_PROTOCOL).orElse(PROXY_PROTOCOL.key());
            String other = Stream.of(X_FORWARDED_FOR, X_FORWARDED_PORT, X_FORWARDED_PROTO)
                    .filter(this::is)
                    .map(header -> ownKey(header).orElse(header.key()))
                    .findFirst()
                    .orElse(X_FORWARDED_FOR.key());
            hold(Hold.SETTINGS);
            problems.add(new AnnotationProblem(
                    Severity.KEEPS,
                    key,
                    annotations.getOrDefault(key, ""),
                    "can't be used together with " + other + ": remove one of them"));
        }
    }
}
