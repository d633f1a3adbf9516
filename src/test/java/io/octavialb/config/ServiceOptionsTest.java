package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.config.AnnotationProblem.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceOptionsTest {
    private static final String PREFIX = "loadbalancer.openstack.org/";

    private static ServiceOptions.Parsed parse(String... keysAndValues) {
        return ServiceOptions.parse(Arrays.stream(keysAndValues)
                .map(pair -> pair.split(":", 2))
                .collect(Collectors.toMap(pair -> PREFIX + pair[0], pair -> pair[1])));
    }

    @Test
    void theTableHasEveryKeyOfTheReference() {
        assertThat(Annotations.ALL.stream().map(Annotation::key))
                .containsExactlyInAnyOrder(
                        "service.beta.kubernetes.io/openstack-internal-load-balancer",
                        "service.beta.kubernetes.io/load-balancer-source-ranges",
                        PREFIX + "node-selector",
                        PREFIX + "connection-limit",
                        PREFIX + "floating-network-id",
                        PREFIX + "floating-subnet-id",
                        PREFIX + "floating-subnet",
                        PREFIX + "floating-subnet-tags",
                        PREFIX + "class",
                        PREFIX + "keep-floatingip",
                        PREFIX + "port-id",
                        PREFIX + "subnet-id",
                        PREFIX + "network-id",
                        PREFIX + "member-subnet-id",
                        PREFIX + "lb-method",
                        PREFIX + "proxy-protocol",
                        PREFIX + "x-forwarded-for",
                        PREFIX + "default-tls-container-ref",
                        PREFIX + "timeout-client-data",
                        PREFIX + "timeout-member-connect",
                        PREFIX + "timeout-member-data",
                        PREFIX + "timeout-tcp-inspect",
                        PREFIX + "flavor-id",
                        PREFIX + "availability-zone",
                        PREFIX + "enable-health-monitor",
                        PREFIX + "health-monitor-delay",
                        PREFIX + "health-monitor-timeout",
                        PREFIX + "health-monitor-max-retries",
                        PREFIX + "health-monitor-max-retries-down",
                        PREFIX + "hostname",
                        PREFIX + "load-balancer-id",
                        PREFIX + "load-balancer-address",
                        PREFIX + "load-balancer-tags",
                        PREFIX + "listener-tags",
                        PREFIX + "pool-tags");
    }

    @Test
    void withoutAnnotationsNothingIsSet() {
        ServiceOptions.Parsed none = ServiceOptions.parse(Map.of("other.example/key", "x"));
        assertThat(none.problems()).isEmpty();
        assertThat(none.options())
                .isEqualTo(new ServiceOptions(
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ProxyProtocol.NONE,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void everyAnnotationIsRead() {
        ServiceOptions.Parsed parsed = ServiceOptions.parse(Map.ofEntries(
                Map.entry("service.beta.kubernetes.io/openstack-internal-load-balancer", "true"),
                Map.entry("service.beta.kubernetes.io/load-balancer-source-ranges", "10.1.2.3/8, 2001:db8::/32"),
                Map.entry(PREFIX + "node-selector", "zone=a,ssd"),
                Map.entry(PREFIX + "connection-limit", "100"),
                Map.entry(PREFIX + "floating-network-id", "fn"),
                Map.entry(PREFIX + "floating-subnet", "public-*"),
                Map.entry(PREFIX + "floating-subnet-tags", "&a,b"),
                Map.entry(PREFIX + "class", "dmz"),
                Map.entry(PREFIX + "keep-floatingip", "true"),
                Map.entry(PREFIX + "port-id", "p"),
                Map.entry(PREFIX + "subnet-id", " s "),
                Map.entry(PREFIX + "network-id", "n"),
                Map.entry(PREFIX + "member-subnet-id", "m"),
                Map.entry(PREFIX + "lb-method", "LEAST_CONNECTIONS"),
                Map.entry(PREFIX + "proxy-protocol", "v2"),
                Map.entry(PREFIX + "x-forwarded-for", "false"),
                Map.entry(PREFIX + "default-tls-container-ref", "ref"),
                Map.entry(PREFIX + "timeout-client-data", "1"),
                Map.entry(PREFIX + "timeout-member-connect", "2"),
                Map.entry(PREFIX + "timeout-member-data", "3"),
                Map.entry(PREFIX + "timeout-tcp-inspect", "4"),
                Map.entry(PREFIX + "flavor-id", "f"),
                Map.entry(PREFIX + "availability-zone", "az"),
                Map.entry(PREFIX + "enable-health-monitor", "false"),
                Map.entry(PREFIX + "health-monitor-delay", "5"),
                Map.entry(PREFIX + "health-monitor-timeout", "6"),
                Map.entry(PREFIX + "health-monitor-max-retries", "7"),
                Map.entry(PREFIX + "health-monitor-max-retries-down", "8"),
                Map.entry(PREFIX + "hostname", "web.example.com"),
                Map.entry(PREFIX + "load-balancer-id", "id"),
                Map.entry(PREFIX + "load-balancer-address", "192.0.2.1"),
                Map.entry(PREFIX + "load-balancer-tags", "l1,l2"),
                Map.entry(PREFIX + "listener-tags", "x, x"),
                Map.entry(PREFIX + "pool-tags", "")));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.options())
                .isEqualTo(new ServiceOptions(
                        true,
                        List.of(
                                Cidr.parse("10.0.0.0/8").orElseThrow(),
                                Cidr.parse("2001:db8::/32").orElseThrow()),
                        "dmz",
                        "fn",
                        new FloatingSubnet.ByPattern(
                                SubnetPattern.parse("public-*", "&a,b").orElseThrow()),
                        true,
                        "p",
                        "s",
                        "n",
                        "m",
                        new NodeSelector(Map.of("zone", "a", "ssd", "")),
                        LbMethod.LEAST_CONNECTIONS,
                        100,
                        ProxyProtocol.PROXYV2,
                        false,
                        "ref",
                        1,
                        2,
                        3,
                        4,
                        "f",
                        "az",
                        false,
                        5,
                        6,
                        7,
                        8,
                        "web.example.com",
                        "id",
                        "192.0.2.1",
                        List.of("l1", "l2"),
                        List.of("x"),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource({"true, PROXY", "v1, PROXY", "v2, PROXYV2", "false, NONE"})
    void proxyProtocol(String value, ProxyProtocol expected) {
        assertThat(parse("proxy-protocol:" + value).options().proxyProtocol()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keep-floatingip  | yes    | allowed is \"true\" or \"false\"; falls back to false",
                "keep-floatingip  | True   | allowed is \"true\" or \"false\"; falls back to false",
                "keep-floatingip  | ''     | allowed is \"true\" or \"false\"; falls back to false",
                "connection-limit | many   | allowed is a whole number of at least -1; falls back to -1",
                "connection-limit | -2     | allowed is a whole number of at least -1; falls back to -1",
                "proxy-protocol   | v3     | allowed is one of false, true, v1, v2; falls back to false",
                "timeout-client-data | 86400001 | allowed is a whole number from 0 to 86400000; falls back to 50000",
                "health-monitor-delay | 5s | allowed is a whole number of at least 1; falls back to cloud-config `monitor-delay`",
            })
    void aBadBooleanOrNumberFallsBackWithAWarning(String key, String value, String remedy) {
        assertThat(parse(key + ":" + value).problems())
                .containsExactly(new AnnotationProblem(Severity.WARNING, PREFIX + key, value, remedy));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lb-method       | RANDOM | allowed is one of LEAST_CONNECTIONS, ROUND_ROBIN, SOURCE_IP, SOURCE_IP_PORT",
                "floating-subnet | ~(     | allowed is a name, a glob, or ~ and a regular expression (RE2); a leading ! negates",
                "node-selector   | =a     | allowed is label=value pairs separated by commas; a label alone asks that it exists",
                "hostname        | A_B    | allowed is a DNS name in lower case, such as web.example.com",
            })
    void whatHasNoSafeDefaultRefusesTheService(String key, String value, String remedy) {
        ServiceOptions.Parsed parsed = parse(key + ":" + value);
        assertThat(parsed.problems())
                .containsExactly(new AnnotationProblem(Severity.ERROR, PREFIX + key, value, remedy));
        assertThat(AnnotationProblem.anyRefuses(parsed.problems())).isTrue();
    }

    @Test
    void aMalformedSourceRangeRefusesTheService() {
        String key = "service.beta.kubernetes.io/load-balancer-source-ranges";
        assertThat(ServiceOptions.parse(Map.of(key, "10.0.0.0/8,nonsense")).problems())
                .containsExactly(new AnnotationProblem(
                        Severity.ERROR,
                        key,
                        "10.0.0.0/8,nonsense",
                        "allowed is networks such as 10.0.0.0/8 or 2001:db8::/32, separated by commas"));
    }

    @Test
    void proxyProtocolAndForwardedForContradictEachOther() {
        assertThat(parse("proxy-protocol:v2", "x-forwarded-for:true").problems())
                .containsExactly(new AnnotationProblem(
                        Severity.ERROR,
                        PREFIX + "proxy-protocol",
                        "v2",
                        "can't be used together with loadbalancer.openstack.org/x-forwarded-for: remove one of them"));
        assertThat(parse("proxy-protocol:false", "x-forwarded-for:true").problems())
                .isEmpty();
    }

    @Test
    void anUnknownKeyOfOurPrefixIsAWarningWithTheNearestOne() {
        assertThat(parse("lb-methd:x", "zzzzzzzz:y").problems())
                .extracting(AnnotationProblem::message)
                .containsExactly(
                        "loadbalancer.openstack.org/lb-methd: \"x\": unknown annotation, ignored; did you mean lb-method?",
                        "loadbalancer.openstack.org/zzzzzzzz: \"y\": unknown annotation, ignored; see the reference of"
                                + " known keys");
    }

    @Test
    void aLongValueIsCutInTheMessage() {
        assertThat(new AnnotationProblem(Severity.ERROR, "k", "x".repeat(5000), "remedy").message())
                .hasSizeLessThan(300);
    }
}
