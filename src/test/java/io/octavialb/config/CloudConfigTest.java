package io.octavialb.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.config.CloudConfig.LoadBalancer;
import io.octavialb.config.CloudConfig.LoadBalancerClass;
import io.octavialb.config.CloudConfig.Metadata;
import io.octavialb.config.CloudConfig.Networking;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CloudConfigTest {
    @Test
    void theTableHasTheDefaultsOfTheReference() {
        Map<String, String> defaults = CloudConfigOptions.ALL.stream()
                .filter(option -> option.defaultText() != null)
                .collect(Collectors.toMap(
                        option -> option.section() + " " + option.key(), option -> "" + option.defaultText()));
        assertThat(defaults)
                .containsOnly(
                        entry("Global os-endpoint-type", "public"),
                        entry("Global tls-insecure", "false"),
                        entry("Global use-clouds", "false"),
                        entry("LoadBalancer enabled", "true"),
                        entry("LoadBalancer lb-version", "v2"),
                        entry("LoadBalancer lb-provider", "amphora"),
                        entry("LoadBalancer lb-method", "ROUND_ROBIN"),
                        entry("LoadBalancer create-monitor", "false"),
                        entry("LoadBalancer monitor-delay", "5s"),
                        entry("LoadBalancer monitor-timeout", "3s"),
                        entry("LoadBalancer monitor-max-retries", "1"),
                        entry("LoadBalancer monitor-max-retries-down", "3"),
                        entry("LoadBalancer manage-security-groups", "false"),
                        entry("LoadBalancer internal-lb", "false"),
                        entry("LoadBalancer cascade-delete", "true"),
                        entry("LoadBalancer enable-ingress-hostname", "false"),
                        entry("LoadBalancer ingress-hostname-suffix", "nip.io"),
                        entry("LoadBalancer max-shared-lb", "2"),
                        entry("LoadBalancer container-store", "barbican"),
                        entry("LoadBalancer provider-requires-serial-api-calls", "false"),
                        entry("Metadata request-timeout", "60s"),
                        entry("Networking ipv6-support-disabled", "false"));
    }

    @Test
    void everyDefaultReachesTheSettings() {
        CloudConfig config = Configs.valid(Configs.GLOBAL);
        assertThat(config.global())
                .isEqualTo(new CloudConfig.Global(
                        "https://keystone.example:5000/v3",
                        null,
                        EndpointType.PUBLIC,
                        new Credentials.ApplicationCredential("app-id", null, null, new Secret("app-secret")),
                        null,
                        null,
                        null,
                        false));
        assertThat(config.loadBalancer())
                .isEqualTo(new LoadBalancer(
                        true,
                        "amphora",
                        LbMethod.ROUND_ROBIN,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(3),
                        1,
                        3,
                        false,
                        false,
                        NodeSelector.EVERY_NODE,
                        null,
                        null,
                        true,
                        false,
                        "nip.io",
                        2,
                        ContainerStore.BARBICAN,
                        null,
                        false));
        assertThat(config.classes()).isEmpty();
        assertThat(config.metadata()).isEqualTo(new Metadata(Duration.ofSeconds(60)));
        assertThat(config.networking()).isEqualTo(new Networking(false, List.of(), List.of(), List.of()));
    }

    @Test
    void everyKeyReachesTheSettings() {
        CloudConfig config = Configs.withLines("""
                region = r
                os-endpoint-type = internal
                ca-file = /ca
                cert-file = /cert
                key-file = /key
                tls-insecure = yes
                [LoadBalancer]
                enabled = false
                lb-version = v2
                use-octavia = true
                lb-provider = amphorav2
                lb-method = SOURCE_IP
                subnet-id = s
                member-subnet-id = m
                network-id = n
                floating-network-id = fn
                floating-subnet-id = fs
                create-monitor = on
                monitor-delay = 1m30s
                monitor-timeout = 2500ms
                monitor-max-retries = 4
                monitor-max-retries-down = 5
                manage-security-groups = 1
                internal-lb = TRUE
                node-selector = zone=a,ssd
                flavor-id = f
                availability-zone = az
                cascade-delete = off
                enable-ingress-hostname
                ingress-hostname-suffix = example.com
                max-shared-lb = 7
                container-store = external
                default-tls-container-ref = ref
                provider-requires-serial-api-calls = true
                [LoadBalancerClass "c"]
                floating-network-id = cfn
                floating-subnet = dmz-*
                floating-subnet-tags = &a,b
                network-id = cn
                subnet-id = cs
                member-subnet-id = cm
                [Metadata]
                request-timeout = 10s
                search-order = configDrive
                [Networking]
                ipv6-support-disabled = true
                public-network-name = p1
                public-network-name = p2
                internal-network-name = i
                address-sort-order = 10.0.0.0/8, 2001:db8::/32
                """);
        assertThat(config.global().region()).isEqualTo("r");
        assertThat(config.global().endpointType()).isEqualTo(EndpointType.INTERNAL);
        assertThat(config.global().caFile()).isEqualTo("/ca");
        assertThat(config.global().certFile()).isEqualTo("/cert");
        assertThat(config.global().keyFile()).isEqualTo("/key");
        assertThat(config.global().tlsInsecure()).isTrue();
        assertThat(config.loadBalancer())
                .isEqualTo(new LoadBalancer(
                        false,
                        "amphorav2",
                        LbMethod.SOURCE_IP,
                        "s",
                        "m",
                        "n",
                        "fn",
                        new FloatingSubnet.ById("fs"),
                        true,
                        Duration.ofSeconds(90),
                        Duration.ofMillis(2500),
                        4,
                        5,
                        true,
                        true,
                        new NodeSelector(Map.of("zone", "a", "ssd", "")),
                        "f",
                        "az",
                        false,
                        true,
                        "example.com",
                        7,
                        ContainerStore.EXTERNAL,
                        "ref",
                        true));
        assertThat(config.classes())
                .containsOnly(entry(
                        "c",
                        new LoadBalancerClass(
                                "cfn",
                                new FloatingSubnet.ByPattern(
                                        SubnetPattern.parse("dmz-*", "&a,b").orElseThrow()),
                                "cn",
                                "cs",
                                "cm")));
        assertThat(config.metadata().requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.networking())
                .isEqualTo(new Networking(
                        true, List.of("p1", "p2"), List.of("i"), List.of("10.0.0.0/8", "2001:db8::/32")));
    }

    @Test
    void ofARepeatedKeyTheLastOneCounts() {
        assertThat(Configs.withLines("[LoadBalancer]\nsubnet-id = a\nSUBNET-ID = b\n[loadbalancer]\nsubnet-id = c\n")
                        .loadBalancer()
                        .subnetId())
                .isEqualTo("c");
    }

    @Test
    void aKeyWithAnEmptyValueIsUnset() {
        LoadBalancer read = Configs.withLines("[LoadBalancer]\nsubnet-id = a\nsubnet-id =\nlb-method = \"\"\n")
                .loadBalancer();
        assertThat(read.subnetId()).isNull();
        assertThat(read.lbMethod()).isEqualTo(LbMethod.ROUND_ROBIN);
    }

    @Test
    void theOvnProviderDefaultsToTheOnlyMethodItKnows() {
        assertThat(Configs.withLines("[LoadBalancer]\nlb-provider = ovn\n")
                        .loadBalancer()
                        .lbMethod())
                .isEqualTo(LbMethod.SOURCE_IP_PORT);
        assertThat(Configs.warnings(Configs.GLOBAL + "[LoadBalancer]\nlb-provider = ovn\nlb-method = SOURCE_IP\n"))
                .containsExactly(
                        "cloud.conf: [LoadBalancer] lb-method = \"SOURCE_IP\": the ovn provider only knows SOURCE_IP_PORT");
    }

    @Test
    void aRequestTimeoutOfZeroIsTheDefault() {
        assertThat(Configs.withLines("[Metadata]\nrequest-timeout = 0s\n")
                        .metadata()
                        .requestTimeout())
                .isEqualTo(Duration.ofSeconds(60));
    }
}
