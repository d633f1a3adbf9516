package io.octavialb.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applies to one Service once annotations, class and cloud-config are put together; null = unset.
 *
 * <p>Precedence is annotation, then class, then cloud-config, with the reference's exceptions: the floating network and
 * subnets of a class beat the annotations, and so do its {@code subnet-id} and {@code network-id} for an external
 * Service. Read when a load balancer is made or kept right, never when it is deleted.
 *
 * @param memberSubnetId null = the VIP's subnet
 * @param floatingNetworkId null = the first external network that Neutron lists
 * @param monitorDelay seconds
 * @param monitorTimeout seconds
 * @param internal no floating IP
 * @param forcedInternal the cloud-config's {@code internal-lb} makes it internal, the Service did not ask for it
 * @param connectionLimit -1 = unlimited
 * @param timeoutClientData milliseconds, as the other timeouts
 * @param sourceRanges of the annotation; {@code spec.loadBalancerSourceRanges} beats it; null = everything
 */
public record LoadBalancerSettings(
        String lbProvider,
        LbMethod lbMethod,
        @Nullable String portId,
        @Nullable String subnetId,
        @Nullable String networkId,
        @Nullable String memberSubnetId,
        @Nullable String floatingNetworkId,
        @Nullable FloatingSubnet floatingSubnet,
        boolean keepFloatingIp,
        boolean createMonitor,
        int monitorDelay,
        int monitorTimeout,
        int monitorMaxRetries,
        int monitorMaxRetriesDown,
        boolean internal,
        boolean forcedInternal,
        NodeSelector nodeSelector,
        @Nullable String flavorId,
        @Nullable String availabilityZone,
        int connectionLimit,
        ProxyProtocol proxyProtocol,
        boolean xForwardedFor,
        @Nullable String tlsContainerRef,
        ContainerStore containerStore,
        @Nullable Integer timeoutClientData,
        @Nullable Integer timeoutMemberConnect,
        @Nullable Integer timeoutMemberData,
        @Nullable Integer timeoutTcpInspect,
        @Nullable String hostname,
        @Nullable String loadBalancerId,
        @Nullable String loadBalancerAddress,
        @Nullable List<Cidr> sourceRanges,
        List<String> loadBalancerTags,
        List<String> listenerTags,
        List<String> poolTags,
        boolean manageSecurityGroups,
        int maxSharedLb,
        boolean cascadeDelete,
        boolean serialApiCalls,
        boolean enableIngressHostname,
        String ingressHostnameSuffix) {

    public LoadBalancerSettings {
        sourceRanges = sourceRanges == null ? null : List.copyOf(sourceRanges);
        loadBalancerTags = List.copyOf(loadBalancerTags);
        listenerTags = List.copyOf(listenerTags);
        poolTags = List.copyOf(poolTags);
    }

    /** The settings together with what is wrong; an ERROR among the problems refuses the Service. */
    public record Resolved(LoadBalancerSettings settings, List<AnnotationProblem> problems) {
        public Resolved {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Puts annotations, class and cloud-config together.
     *
     * @return with the problems of {@code annotations} and those found here: an unknown class, a method the provider
     *     lacks, a TLS reference that is not one
     */
    public static Resolved resolve(CloudConfig config, ServiceOptions.Parsed annotations) {
        return new SettingsResolution(config, annotations).resolve();
    }
}
