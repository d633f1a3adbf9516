package io.octavialb.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of one Service ask for; null = not asked, so that class and cloud-config apply. An empty text or
 * selector clears what the cloud-config says.
 *
 * <p>Timeouts are milliseconds, monitor delay and timeout seconds.
 */
public record ServiceOptions(
        @Nullable Boolean internal,
        @Nullable List<Cidr> sourceRanges,
        @Nullable String loadBalancerClass,
        @Nullable String floatingNetworkId,
        @Nullable FloatingSubnet floatingSubnet,
        boolean keepFloatingIp,
        @Nullable String portId,
        @Nullable String subnetId,
        @Nullable String networkId,
        @Nullable String memberSubnetId,
        @Nullable NodeSelector nodeSelector,
        @Nullable LbMethod lbMethod,
        @Nullable Integer connectionLimit,
        ProxyProtocol proxyProtocol,
        boolean xForwardedFor,
        @Nullable String defaultTlsContainerRef,
        @Nullable Integer timeoutClientData,
        @Nullable Integer timeoutMemberConnect,
        @Nullable Integer timeoutMemberData,
        @Nullable Integer timeoutTcpInspect,
        @Nullable String flavorId,
        @Nullable String availabilityZone,
        @Nullable Boolean enableHealthMonitor,
        @Nullable Integer healthMonitorDelay,
        @Nullable Integer healthMonitorTimeout,
        @Nullable Integer healthMonitorMaxRetries,
        @Nullable Integer healthMonitorMaxRetriesDown,
        @Nullable String hostname,
        @Nullable String loadBalancerId,
        @Nullable String loadBalancerAddress,
        List<String> loadBalancerTags,
        List<String> listenerTags,
        List<String> poolTags) {

    /** Key of the annotation in which the controller keeps the load balancer's id. */
    public static final String LOAD_BALANCER_ID_KEY = Annotations.LOAD_BALANCER_ID.key();

    /** Key of the annotation in which the controller publishes the address. */
    public static final String LOAD_BALANCER_ADDRESS_KEY = Annotations.LOAD_BALANCER_ADDRESS.key();

    /** Key of the annotation that selects nodes. */
    public static final String NODE_SELECTOR_KEY = Annotations.NODE_SELECTOR.key();

    public ServiceOptions {
        sourceRanges = sourceRanges == null ? null : List.copyOf(sourceRanges);
        loadBalancerTags = List.copyOf(loadBalancerTags);
        listenerTags = List.copyOf(listenerTags);
        poolTags = List.copyOf(poolTags);
    }

    /** The options together with what is wrong: always both, for a deletion needs the options whatever is wrong. */
    public record Parsed(ServiceOptions options, List<AnnotationProblem> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    /** Reads the annotations of a Service; those of other programs are left alone. */
    public static Parsed parse(Map<String, String> annotations) {
        return new AnnotationReader(annotations).read();
    }
}
