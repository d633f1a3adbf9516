package io.octavialb.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cloud-config file, defaults filled in.
 *
 * @param classes the {@code [LoadBalancerClass "name"]} sections by name
 */
public record CloudConfig(
        Global global,
        LoadBalancer loadBalancer,
        Map<String, LoadBalancerClass> classes,
        Metadata metadata,
        Networking networking) {

    public CloudConfig {
        classes = Map.copyOf(classes);
    }

    /**
     * Reads the text of a cloud-config file.
     *
     * @param file its name, for messages
     * @param cloudsYaml asked only if {@code use-clouds} is set
     */
    public static CloudConfigResult parse(String file, String text, CloudsYamlSource cloudsYaml) {
        return new CloudConfigParser(file, cloudsYaml).parse(text);
    }

    /**
     * {@code [Global]}: how to reach and authenticate with OpenStack. Files are paths; the caller reads them.
     *
     * @param region null = the catalog's first
     */
    public record Global(
            String authUrl,
            @Nullable String region,
            EndpointType endpointType,
            Credentials credentials,
            @Nullable String caFile,
            @Nullable String certFile,
            @Nullable String keyFile,
            boolean tlsInsecure) {}

    /** {@code [LoadBalancer]}: what applies unless an annotation or a class says otherwise; null = unset. */
    public record LoadBalancer(
            boolean enabled,
            String lbProvider,
            LbMethod lbMethod,
            @Nullable String subnetId,
            @Nullable String memberSubnetId,
            @Nullable String networkId,
            @Nullable String floatingNetworkId,
            @Nullable FloatingSubnet floatingSubnet,
            boolean createMonitor,
            Duration monitorDelay,
            Duration monitorTimeout,
            int monitorMaxRetries,
            int monitorMaxRetriesDown,
            boolean manageSecurityGroups,
            boolean internalLb,
            NodeSelector nodeSelector,
            @Nullable String flavorId,
            @Nullable String availabilityZone,
            boolean cascadeDelete,
            boolean enableIngressHostname,
            String ingressHostnameSuffix,
            int maxSharedLb,
            ContainerStore containerStore,
            @Nullable String defaultTlsContainerRef,
            boolean providerRequiresSerialApiCalls) {}

    /** {@code [LoadBalancerClass "x"]}: what the Services of a class use instead; null = unset. */
    public record LoadBalancerClass(
            @Nullable String floatingNetworkId,
            @Nullable FloatingSubnet floatingSubnet,
            @Nullable String networkId,
            @Nullable String subnetId,
            @Nullable String memberSubnetId) {}

    /** {@code [Metadata]}. */
    public record Metadata(Duration requestTimeout) {}

    /** {@code [Networking]}: the shape of node addresses. */
    public record Networking(
            boolean ipv6SupportDisabled,
            List<String> publicNetworkNames,
            List<String> internalNetworkNames,
            List<String> addressSortOrder) {
        public Networking {
            publicNetworkNames = List.copyOf(publicNetworkNames);
            internalNetworkNames = List.copyOf(internalNetworkNames);
            addressSortOrder = List.copyOf(addressSortOrder);
        }
    }
}
