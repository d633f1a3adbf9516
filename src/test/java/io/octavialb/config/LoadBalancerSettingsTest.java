package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.octavialb.config.AnnotationProblem.Severity;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoadBalancerSettingsTest {
    private static final String EVERYTHING = """
            [LoadBalancer]
            subnet-id = config-subnet
            network-id = config-network
            floating-network-id = config-floating
            floating-subnet-id = config-floating-subnet
            flavor-id = config-flavor
            availability-zone = config-zone
            node-selector = config
            default-tls-container-ref = https://b/v1/containers/config
            create-monitor = true
            monitor-delay = 7900ms
            [LoadBalancerClass "c"]
            subnet-id = class-subnet
            network-id = class-network
            member-subnet-id = class-member
            floating-network-id = class-floating
            floating-subnet = class-*
            [LoadBalancerClass "bare"]
            floating-subnet-tags = t
            """;

    private static final ServicePort PORT = new ServicePort("", "TCP", 80, 30080);

    private static LoadBalancerSettings.Resolved resolve(String config, String... keysAndValues) {
        Map<String, String> annotations = Arrays.stream(keysAndValues)
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0].equals("internal")
                                ? "service.beta.kubernetes.io/openstack-internal-load-balancer"
                                : "loadbalancer.openstack.org/" + pair[0],
                        pair -> pair[1]));
        return LoadBalancerSettings.resolve(
                Configs.withLines(config), ServiceOptions.parse(annotations, List.of(PORT)));
    }

    private static LoadBalancerSettings settings(String config, String... keysAndValues) {
        LoadBalancerSettings.Resolved resolved = resolve(config, keysAndValues);
        assertThat(resolved.problems()).isEmpty();
        return resolved.settings();
    }

    @Test
    void withNothingSaidTheDefaultsApply() {
        LoadBalancerSettings settings = settings("");
        assertThat(settings.lbProvider()).isEqualTo("amphora");
        assertThat(settings.port(PORT).lbMethod()).isEqualTo(LbMethod.ROUND_ROBIN);
        assertThat(settings.port(PORT).monitor().enabled()).isFalse();
        assertThat(settings.port(PORT).monitor().delay()).isEqualTo(5);
        assertThat(settings.port(PORT).monitor().timeout()).isEqualTo(3);
        assertThat(settings.port(PORT).monitor().maxRetries()).isEqualTo(1);
        assertThat(settings.port(PORT).monitor().maxRetriesDown()).isEqualTo(3);
        assertThat(settings.port(PORT).connectionLimit()).isEqualTo(-1);
        assertThat(settings.internal()).isFalse();
        assertThat(settings.nodeSelector()).isEqualTo(NodeSelector.EVERY_NODE);
        assertThat(settings.port(PORT).sourceRanges()).isNull();
        assertThat(settings.floatingSubnet()).isNull();
        assertThat(settings.port(PORT).tlsContainerRef()).isNull();
        assertThat(settings.cascadeDelete()).isTrue();
        assertThat(settings.maxSharedLb()).isEqualTo(2);
    }

    @Test
    void cloudConfigAppliesWithoutAnnotationAndClass() {
        LoadBalancerSettings settings = settings(EVERYTHING);
        assertThat(settings.subnetId()).isEqualTo("config-subnet");
        assertThat(settings.networkId()).isEqualTo("config-network");
        assertThat(settings.memberSubnetId()).as("subnet-id stands in").isEqualTo("config-subnet");
        assertThat(settings.floatingNetworkId()).isEqualTo("config-floating");
        assertThat(settings.floatingSubnet()).isEqualTo(new FloatingSubnet.ById("config-floating-subnet"));
        assertThat(settings.port(PORT).monitor().delay())
                .as("a fraction is cut off")
                .isEqualTo(7);
    }

    @Test
    void ofAnExternalServiceTheClassComesFirst() {
        LoadBalancerSettings.Resolved resolved = resolve(
                EVERYTHING,
                "class=c",
                "subnet-id=a",
                "network-id=a",
                "member-subnet-id=a",
                "floating-network-id=a",
                "floating-subnet-id=a");
        assertThat(resolved.problems())
                .extracting(AnnotationProblem::severity, AnnotationProblem::key)
                .containsExactlyInAnyOrder(
                        tuple(Severity.WARNING, "loadbalancer.openstack.org/subnet-id"),
                        tuple(Severity.WARNING, "loadbalancer.openstack.org/network-id"),
                        tuple(Severity.WARNING, "loadbalancer.openstack.org/floating-network-id"),
                        tuple(Severity.WARNING, "loadbalancer.openstack.org/floating-subnet-id"));
        LoadBalancerSettings settings = resolved.settings();
        assertThat(settings.subnetId()).isEqualTo("class-subnet");
        assertThat(settings.networkId()).isEqualTo("class-network");
        assertThat(settings.memberSubnetId()).isEqualTo("a");
        assertThat(settings.floatingNetworkId()).isEqualTo("class-floating");
        assertThat(settings.floatingSubnet())
                .isEqualTo(new FloatingSubnet.ByPattern(
                        SubnetPattern.parse("class-*", null).orElseThrow()));
    }

    @Test
    void ofAnInternalServiceTheAnnotationComesFirst() {
        LoadBalancerSettings settings = settings(EVERYTHING, "internal=true", "class=c", "subnet-id=a");
        assertThat(settings.subnetId()).isEqualTo("a");
        assertThat(settings.networkId()).isEqualTo("class-network");
        assertThat(settings.memberSubnetId()).isEqualTo("class-member");
    }

    @Test
    void whatAClassLeavesOutComesFromAnnotationsThenCloudConfig() {
        LoadBalancerSettings settings = settings(EVERYTHING, "class=bare", "floating-network-id=a");
        assertThat(settings.floatingNetworkId()).isEqualTo("a");
        assertThat(settings.subnetId()).isEqualTo("config-subnet");
    }

    @Test
    void floatingSubnetsComeFromOnePlaceOnly() {
        assertThat(settings(EVERYTHING, "floating-subnet-tags=x").floatingSubnet())
                .isEqualTo(new FloatingSubnet.ByPattern(
                        SubnetPattern.parse(null, "x").orElseThrow()));
    }

    @Test
    void anEmptyAnnotationClearsWhatTheCloudConfigSays() {
        LoadBalancerSettings settings = settings(
                EVERYTHING,
                "floating-network-id=",
                "flavor-id=",
                "availability-zone=",
                "node-selector=",
                "default-tls-container-ref=");
        assertThat(settings.floatingNetworkId()).isNull();
        assertThat(settings.flavorId()).isNull();
        assertThat(settings.availabilityZone()).isNull();
        assertThat(settings.nodeSelector()).isEqualTo(NodeSelector.EVERY_NODE);
        assertThat(settings.port(PORT).tlsContainerRef()).isNull();
        assertThat(settings(EVERYTHING, "subnet-id=").subnetId())
                .as("an empty subnet-id is none")
                .isEqualTo("config-subnet");
    }

    @Test
    void internalLbOfTheCloudConfigForcesInternal() {
        LoadBalancerSettings forced = settings("[LoadBalancer]\ninternal-lb = true\n", "internal=false");
        assertThat(forced.internal()).isTrue();
        assertThat(forced.forcedInternal()).isTrue();
        LoadBalancerSettings asked = settings("[LoadBalancer]\ninternal-lb = true\n", "internal=true");
        assertThat(asked.forcedInternal()).isFalse();
    }

    @Test
    void anUnknownClassRefusesACreationAndNamesTheKnownOnes() {
        LoadBalancerSettings.Resolved resolved = resolve(EVERYTHING, "class=dmz");
        assertThat(resolved.problems())
                .containsExactly(new AnnotationProblem(
                        Severity.KEEPS,
                        "loadbalancer.openstack.org/class",
                        "dmz",
                        "unknown class; the cloud-config has bare, c"));
        assertThat(resolve("", "class=dmz").problems().getFirst().remedy())
                .isEqualTo("unknown class; the cloud-config has none");
    }

    @Test
    void ovnKnowsOneMethod() {
        assertThat(resolve("[LoadBalancer]\nlb-provider = ovn\n", "lb-method=ROUND_ROBIN")
                        .problems())
                .extracting(AnnotationProblem::message)
                .containsExactly("loadbalancer.openstack.org/lb-method: \"ROUND_ROBIN\": the ovn provider only knows"
                        + " SOURCE_IP_PORT");
        assertThat(settings("[LoadBalancer]\nlb-provider = ovn\n").port(PORT).lbMethod())
                .isEqualTo(LbMethod.SOURCE_IP_PORT);
    }

    @Test
    void aBarbicanReferenceEndsInItsContainerOrSecret() {
        assertThat(resolve("", "default-tls-container-ref=https://b/v1/orders/x")
                        .problems())
                .extracting(AnnotationProblem::severity)
                .containsExactly(Severity.KEEPS);
        assertThat(settings("", "default-tls-container-ref=https://b/v1/secrets/x")
                        .port(PORT)
                        .tlsContainerRef())
                .isEqualTo("https://b/v1/secrets/x");
        assertThat(settings("[LoadBalancer]\ncontainer-store = external\n", "default-tls-container-ref=any")
                        .port(PORT)
                        .tlsContainerRef())
                .isEqualTo("any");
    }

    @Test
    void problemsOfTheAnnotationsAreKept() {
        assertThat(resolve("", "connection-limit=x", "class=c").problems())
                .extracting(AnnotationProblem::severity)
                .isEqualTo(List.of(Severity.FALLS_BACK, Severity.KEEPS));
    }

    @Test
    void aProblemNamesTheKeyItCameFrom() {
        assertThat(resolve("", "default-tls-container-ref.80=orders/x").problems())
                .extracting(AnnotationProblem::key)
                .containsExactly("loadbalancer.openstack.org/default-tls-container-ref.80");
        assertThat(resolve("[LoadBalancer]\ndefault-tls-container-ref = orders/x\n")
                        .problems())
                .extracting(AnnotationProblem::key)
                .containsExactly("[LoadBalancer] default-tls-container-ref");
    }
}
