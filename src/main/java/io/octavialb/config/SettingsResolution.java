package io.octavialb.config;

import io.octavialb.config.AnnotationProblem.Severity;
import io.octavialb.config.CloudConfig.LoadBalancer;
import io.octavialb.config.CloudConfig.LoadBalancerClass;
import io.octavialb.model.Hold;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts annotations, class and cloud-config of one Service together. */
final class SettingsResolution {
    private static final LoadBalancerClass NO_CLASS = new LoadBalancerClass(null, null, null, null, null);
    private static final Pattern BARBICAN_REF = Pattern.compile(".*/(?:containers|secrets)/[^/]+");

    private final LoadBalancer config;
    private final Map<String, LoadBalancerClass> classes;
    private final ServiceOptions.Parsed parsed;
    private final ServiceOptions options;
    /** Of all ports the same mistake is told once. */
    private final Set<AnnotationProblem> problems;

    SettingsResolution(CloudConfig config, ServiceOptions.Parsed annotations) {
        this.config = config.loadBalancer();
        this.classes = config.classes();
        this.parsed = annotations;
        this.options = annotations.options();
        this.problems = new LinkedHashSet<>(annotations.problems());
    }

    LoadBalancerSettings.Resolved resolve() {
        boolean asksInternal = Boolean.TRUE.equals(options.internal());
        boolean internal = config.internalLb() || asksInternal;
        LoadBalancerClass ofClass = loadBalancerClass();
        LoadBalancerSettings settings = new LoadBalancerSettings(
                config.lbProvider(),
                options.portId(),
                vip(internal, options.subnetId(), ofClass.subnetId(), config.subnetId()),
                options.additionalSubnetId(),
                vip(internal, options.networkId(), ofClass.networkId(), config.networkId()),
                first(options.memberSubnetId(), ofClass.memberSubnetId(), config.memberSubnetId(), config.subnetId()),
                first(ofClass.floatingNetworkId(), cleared(options.floatingNetworkId(), config.floatingNetworkId())),
                first(ofClass.floatingSubnet(), options.floatingSubnet(), config.floatingSubnet()),
                options.keepFloatingIp(),
                internal,
                config.internalLb() && !asksInternal,
                Objects.requireNonNullElse(options.memberTarget(), MemberTarget.NODE),
                Objects.requireNonNullElse(options.nodeSelector(), config.nodeSelector()),
                cleared(options.flavorId(), config.flavorId()),
                cleared(options.availabilityZone(), config.availabilityZone()),
                options.prometheusPort(),
                options.hostname(),
                options.loadBalancerId(),
                options.loadBalancerTags(),
                config.manageSecurityGroups(),
                config.maxSharedLb(),
                config.cascadeDelete(),
                config.providerRequiresSerialApiCalls(),
                config.enableIngressHostname(),
                config.ingressHostnameSuffix(),
                ports(),
                parsed.asked().orElse(askedByConfig()));
        problems.addAll(new Contradictions(parsed, ofClass, config.internalLb(), internal).problems());
        return new LoadBalancerSettings.Resolved(settings, List.copyOf(problems));
    }

    private LoadBalancerClass loadBalancerClass() {
        String name = options.loadBalancerClass();
        if (name == null) {
            return NO_CLASS;
        }
        LoadBalancerClass known = classes.get(name);
        if (known == null) {
            String names = classes.isEmpty() ? "has none" : "has " + String.join(", ", new TreeSet<>(classes.keySet()));
            keeps(parsed.asked(), Annotations.CLASS, "unknown class; the cloud-config " + names);
            return NO_CLASS;
        }
        return known;
    }

    private Map<ServicePort, PortSettings> ports() {
        Map<ServicePort, PortSettings> ports = new LinkedHashMap<>();
        parsed.askedOfPorts().forEach((port, asked) -> ports.put(port, port(port, withConfig(asked))));
        return ports;
    }

    private AskedSettings withConfig(AskedSettings annotations) {
        List<Asked> others = new ArrayList<>(List.of(
                Asked.byConfig(
                        Annotations.LB_METHOD, "lb-method", config.lbMethod().name()),
                Asked.byConfig(
                        Annotations.HEALTH_MONITOR_DELAY,
                        "monitor-delay",
                        config.monitorDelay().toSeconds() + "s")));
        if (config.defaultTlsContainerRef() != null) {
            others.add(Asked.byConfig(
                    Annotations.DEFAULT_TLS_CONTAINER_REF,
                    "default-tls-container-ref",
                    config.defaultTlsContainerRef()));
        }
        return annotations.orElse(others);
    }

    private List<Asked> askedByConfig() {
        return config.availabilityZone() == null
                ? List.of()
                : List.of(
                        Asked.byConfig(Annotations.AVAILABILITY_ZONE, "availability-zone", config.availabilityZone()));
    }

    private PortSettings port(ServicePort port, AskedSettings keys) {
        PortOptions asked = Objects.requireNonNull(options.ports().get(port));
        LbMethod lbMethod = Objects.requireNonNullElse(asked.lbMethod(), config.lbMethod());
        String tlsContainerRef = cleared(asked.defaultTlsContainerRef(), config.defaultTlsContainerRef());
        boolean methodAllowed = checkMethod(lbMethod, keys);
        boolean allowed = checkTlsContainerRef(tlsContainerRef, keys) && methodAllowed;
        return new PortSettings(
                lbMethod,
                Objects.requireNonNullElse(asked.connectionLimit(), -1),
                asked.proxyProtocol(),
                asked.forwardedHeaders(),
                tlsContainerRef,
                asked.timeoutClientData(),
                asked.timeoutMemberConnect(),
                asked.timeoutMemberData(),
                asked.timeoutTcpInspect(),
                asked.sourceRanges(),
                monitor(asked.monitor()),
                asked.listenerTags(),
                asked.poolTags(),
                allowed ? asked.hold() : more(asked.hold()),
                keys);
    }

    private MonitorSettings monitor(MonitorOptions asked) {
        int delay = Objects.requireNonNullElse(
                asked.delay(), Math.toIntExact(config.monitorDelay().toSeconds()));
        int timeout = Objects.requireNonNullElse(
                asked.timeout(), Math.toIntExact(config.monitorTimeout().toSeconds()));
        boolean described = asked.type() != null || asked.path() != null;
        return new MonitorSettings(
                Objects.requireNonNullElse(asked.enabled(), described || config.createMonitor()),
                Boolean.FALSE.equals(asked.enabled()),
                delay,
                timeout,
                Objects.requireNonNullElse(asked.maxRetries(), config.monitorMaxRetries()),
                Objects.requireNonNullElse(asked.maxRetriesDown(), config.monitorMaxRetriesDown()),
                asked.type(),
                asked.path(),
                asked.httpMethod(),
                asked.expectedCodes(),
                asked.domainName());
    }

    private boolean checkMethod(LbMethod method, AskedSettings asked) {
        boolean allowed = !config.lbProvider().equals("ovn") || method == LbMethod.SOURCE_IP_PORT;
        if (!allowed) {
            keeps(asked, Annotations.LB_METHOD, "the ovn provider only knows SOURCE_IP_PORT");
        }
        return allowed;
    }

    private boolean checkTlsContainerRef(@Nullable String reference, AskedSettings asked) {
        boolean allowed = reference == null
                || config.containerStore() != ContainerStore.BARBICAN
                || BARBICAN_REF.matcher(reference).matches();
        if (!allowed) {
            keeps(
                    asked,
                    Annotations.DEFAULT_TLS_CONTAINER_REF,
                    "must end in containers/<id> or secrets/<id> for the container store barbican");
        }
        return allowed;
    }

    private void keeps(AskedSettings keys, Annotation<?> annotation, String remedy) {
        keys.find(annotation)
                .map(asked -> new AnnotationProblem(Severity.KEEPS, asked.key(), asked.value(), remedy))
                .ifPresent(problems::add);
    }

    private static Hold more(@Nullable Hold hold) {
        return hold == null ? Hold.SETTINGS : hold.or(Hold.SETTINGS);
    }

    private static @Nullable String vip(
            boolean internal, @Nullable String annotation, @Nullable String ofClass, @Nullable String config) {
        return internal ? first(annotation, ofClass, config) : first(ofClass, annotation, config);
    }

    /** The annotation, if there is one: an empty one gives null instead of the configured value. */
    private static @Nullable String cleared(@Nullable String annotation, @Nullable String config) {
        String text = annotation == null ? config : annotation;
        return text == null || text.isEmpty() ? null : text;
    }

    @SafeVarargs
    private static <T> @Nullable T first(@Nullable T... values) {
        for (T value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
