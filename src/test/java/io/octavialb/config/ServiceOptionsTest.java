package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.config.AnnotationProblem.Severity;
import io.octavialb.model.Hold;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceOptionsTest {
    private static final String PREFIX = "loadbalancer.openstack.org/";

    private static final ServicePort HTTP = new ServicePort("http", "TCP", 80, 30080);
    private static final ServicePort HTTPS = new ServicePort("https", "TCP", 443, 30443);

    private static final ServicePort PROMETHEUS = new ServicePort("prometheus", "TCP", 9100, 0);

    private static ServiceOptions.Parsed parse(String... keysAndValues) {
        return parse(Arrays.stream(keysAndValues)
                .map(pair -> pair.split(":", 2))
                .collect(Collectors.toMap(pair -> PREFIX + pair[0], pair -> pair[1])));
    }

    private static ServiceOptions.Parsed parse(Map<String, String> annotations) {
        return ServiceOptions.parse(annotations, List.of(HTTP, HTTPS));
    }

    private static PortOptions of(ServicePort port, ServiceOptions.Parsed parsed) {
        return Objects.requireNonNull(parsed.options().ports().get(port));
    }

    @Test
    void theTableHasEveryKeyOfTheReferenceAndOurs() {
        assertThat(Annotations.ALL.stream().map(Annotation::key))
                .containsExactlyInAnyOrder(
                        "service.beta.kubernetes.io/openstack-internal-load-balancer",
                        "service.beta.kubernetes.io/load-balancer-source-ranges",
                        PREFIX + "member-target",
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
                        PREFIX + "additional-subnet-id",
                        PREFIX + "network-id",
                        PREFIX + "member-subnet-id",
                        PREFIX + "lb-method",
                        PREFIX + "proxy-protocol",
                        PREFIX + "x-forwarded-for",
                        PREFIX + "x-forwarded-port",
                        PREFIX + "x-forwarded-proto",
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
                        PREFIX + "health-monitor-type",
                        PREFIX + "health-monitor-path",
                        PREFIX + "health-monitor-http-method",
                        PREFIX + "health-monitor-expected-codes",
                        PREFIX + "health-monitor-domain-name",
                        PREFIX + "prometheus-listener-port",
                        PREFIX + "hostname",
                        PREFIX + "load-balancer-id",
                        PREFIX + "load-balancer-address",
                        PREFIX + "load-balancer-vip-address",
                        PREFIX + "load-balancer-record",
                        PREFIX + "load-balancer-tags",
                        PREFIX + "listener-tags",
                        PREFIX + "pool-tags");
    }

    @Test
    void withoutAnnotationsNothingIsSet() {
        ServiceOptions.Parsed none = parse(Map.of("other.example/key", "x"));
        assertThat(none.problems()).isEmpty();
        PortOptions nothing = new PortOptions(
                null,
                null,
                null,
                ProxyProtocol.NONE,
                ForwardedHeaders.NONE,
                null,
                null,
                null,
                null,
                null,
                new MonitorOptions(null, null, null, null, null, null, null, null, null, null),
                List.of(),
                List.of(),
                null);
        assertThat(none.options())
                .isEqualTo(new ServiceOptions(
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
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        Map.of(HTTP, nothing, HTTPS, nothing)));
    }

    @Test
    void everyAnnotationIsRead() {
        ServiceOptions.Parsed parsed = parse(Map.ofEntries(
                Map.entry("service.beta.kubernetes.io/openstack-internal-load-balancer", "true"),
                Map.entry("service.beta.kubernetes.io/load-balancer-source-ranges", "10.1.2.3/8, 2001:db8::/32"),
                Map.entry(PREFIX + "member-target", "pod"),
                Map.entry(PREFIX + "node-selector", "zone=a,ssd"),
                Map.entry(PREFIX + "connection-limit", "100"),
                Map.entry(PREFIX + "floating-network-id", "fn"),
                Map.entry(PREFIX + "floating-subnet", "public-*"),
                Map.entry(PREFIX + "floating-subnet-tags", "&a,b"),
                Map.entry(PREFIX + "class", "dmz"),
                Map.entry(PREFIX + "keep-floatingip", "true"),
                Map.entry(PREFIX + "port-id", "p"),
                Map.entry(PREFIX + "subnet-id", " s "),
                Map.entry(PREFIX + "additional-subnet-id", "s6"),
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
                Map.entry(PREFIX + "health-monitor-type", "HTTPS"),
                Map.entry(PREFIX + "health-monitor-path", "/ready"),
                Map.entry(PREFIX + "health-monitor-http-method", "HEAD"),
                Map.entry(PREFIX + "health-monitor-expected-codes", "200-204"),
                Map.entry(PREFIX + "health-monitor-domain-name", "web.example.com"),
                Map.entry(PREFIX + "prometheus-listener-port", "9100"),
                Map.entry(PREFIX + "hostname", "web.example.com"),
                Map.entry(PREFIX + "load-balancer-id", "id"),
                Map.entry(PREFIX + "load-balancer-address", "192.0.2.1"),
                Map.entry(PREFIX + "load-balancer-vip-address", "10.6.0.100"),
                Map.entry(PREFIX + "load-balancer-record", "own id"),
                Map.entry(PREFIX + "load-balancer-tags", "l1,l2"),
                Map.entry(PREFIX + "listener-tags", "x, x"),
                Map.entry(PREFIX + "pool-tags", "")));
        assertThat(parsed.problems()).isEmpty();
        PortOptions port = new PortOptions(
                List.of(
                        Cidr.parse("10.0.0.0/8").orElseThrow(),
                        Cidr.parse("2001:db8::/32").orElseThrow()),
                LbMethod.LEAST_CONNECTIONS,
                100,
                ProxyProtocol.PROXYV2,
                ForwardedHeaders.NONE,
                "ref",
                1,
                2,
                3,
                4,
                new MonitorOptions(
                        false, 5, 6, 7, 8, MonitorType.HTTPS, "/ready", "HEAD", "200-204", "web.example.com"),
                List.of("x"),
                List.of(),
                null);
        assertThat(parsed.options())
                .isEqualTo(new ServiceOptions(
                        true,
                        "dmz",
                        "fn",
                        new FloatingSubnet.ByPattern(
                                SubnetPattern.parse("public-*", "&a,b").orElseThrow()),
                        true,
                        "p",
                        "s",
                        "s6",
                        "n",
                        "m",
                        MemberTarget.POD,
                        new NodeSelector(Map.of("zone", "a", "ssd", "")),
                        "f",
                        "az",
                        PROMETHEUS,
                        "web.example.com",
                        "id",
                        "192.0.2.1",
                        List.of("l1", "l2"),
                        Map.of(HTTP, port, HTTPS, port, PROMETHEUS, port)));
    }

    @Test
    void aPortsOwnAnnotationBeatsTheOneForAllPorts() {
        ServiceOptions.Parsed parsed = parse(
                "timeout-client-data:1",
                "timeout-client-data.443:2",
                "timeout-client-data.https:3",
                "connection-limit.http:7",
                "proxy-protocol:v2",
                "x-forwarded-proto.http:true");
        assertThat(parsed.problems()).isEmpty();
        assertThat(of(HTTP, parsed).timeoutClientData()).isEqualTo(1);
        assertThat(of(HTTPS, parsed).timeoutClientData())
                .as("the number beats the name")
                .isEqualTo(2);
        assertThat(of(HTTP, parsed).connectionLimit()).isEqualTo(7);
        assertThat(of(HTTPS, parsed).connectionLimit()).isNull();
        assertThat(of(HTTP, parsed).forwardedHeaders()).isEqualTo(new ForwardedHeaders(false, false, true));
        assertThat(of(HTTP, parsed).proxyProtocol())
                .as("contradicts what is asked for this port alone")
                .isEqualTo(ProxyProtocol.NONE);
        assertThat(of(HTTPS, parsed).proxyProtocol()).isEqualTo(ProxyProtocol.PROXYV2);
    }

    @Test
    void aBadValueForOnePortIsToldOnceWithItsKey() {
        assertThat(parse("timeout-client-data.http:soon", "proxy-protocol.8080:v2", "class.http:x")
                        .problems())
                .extracting(AnnotationProblem::message)
                .containsExactly(
                        PREFIX + "timeout-client-data.http: \"soon\": allowed is a whole number from 0 to 2073600000;"
                                + " what is new falls back to the default, what is there stays as it is",
                        PREFIX + "class.http: \"x\": unknown annotation, ignored; see the reference of known keys",
                        PREFIX + "proxy-protocol.8080: \"v2\": the Service has no port of the name or number 8080;"
                                + " ignored");
    }

    @ParameterizedTest
    @CsvSource({"true, PROXY", "v1, PROXY", "v2, PROXYV2", "false, NONE"})
    void proxyProtocol(String value, ProxyProtocol expected) {
        assertThat(of(HTTP, parse("proxy-protocol:" + value)).proxyProtocol()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection-limit | many   | allowed is a whole number of at least -1; what is new falls back to -1, what is there stays as it is",
                "connection-limit | -2     | allowed is a whole number of at least -1; what is new falls back to -1, what is there stays as it is",
                "timeout-client-data | 2073600001 | allowed is a whole number from 0 to 2073600000; what is new falls back to 50000, what is there stays as it is",
                "health-monitor-delay | 5s | allowed is a whole number of at least 1; what is new falls back to cloud-config `monitor-delay`, what is there stays as it is",
            })
    void aBadBooleanOrNumberFallsBackWhereNothingIsThere(String key, String value, String remedy) {
        ServiceOptions.Parsed parsed = parse(key + ":" + value);
        assertThat(parsed.problems())
                .containsExactly(new AnnotationProblem(Severity.FALLS_BACK, PREFIX + key, value, remedy));
        assertThat(of(HTTP, parsed).hold()).isEqualTo(Hold.SETTINGS_THERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "True", ""})
    void aBadKeepFloatingIpKeepsIt(String value) {
        ServiceOptions.Parsed parsed = parse("keep-floatingip:" + value);
        assertThat(parsed.options().keepFloatingIp()).isTrue();
        assertThat(parsed.problems())
                .containsExactly(new AnnotationProblem(
                        Severity.WARNING,
                        PREFIX + "keep-floatingip",
                        value,
                        "allowed is \"true\" or \"false\"; until it is put right nothing is deleted for it"));
    }

    @Test
    void everyBooleanAndNumberLeavesWhatIsThereOrDeletesNothing() {
        Annotations.ALL.stream()
                .filter(annotation ->
                        List.of("boolean", "integer").contains(annotation.type().name()))
                .forEach(annotation -> assertThat(
                                parse(Map.of(annotation.key(), "nonsense")).problems())
                        .as(annotation.key())
                        .allMatch(problem ->
                                problem.keepsWhatIsThere() || annotation.onBadValue() == Annotation.OnBadValue.SPARE)
                        .hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy-protocol  | v3     | allowed is one of false, true, v1, v2",
                "lb-method       | RANDOM | allowed is one of LEAST_CONNECTIONS, ROUND_ROBIN, SOURCE_IP, SOURCE_IP_PORT",
                "floating-subnet | ~(     | allowed is a name, a glob, or ~ and a regular expression (RE2); a leading ! negates",
                "health-monitor-type | GRPC | allowed is one of HTTP, HTTPS, PING, SCTP, TCP, TLS-HELLO, UDP-CONNECT",
                "health-monitor-path | ready | allowed is a path from / on without spaces, such as /healthz?full=1",
                "health-monitor-http-method | get | allowed is one of CONNECT, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, TRACE",
                "health-monitor-expected-codes | 2xx | allowed is a status code, several separated by commas, or a range: 200, or 200,202, or 200-204",
                "hostname        | A_B    | allowed is a DNS name in lower case, such as web.example.com",
            })
    void whatHasNoSafeDefaultRefusesACreationAndKeepsWhatIsThere(String key, String value, String remedy) {
        ServiceOptions.Parsed parsed = parse(key + ":" + value);
        assertThat(parsed.problems())
                .containsExactly(new AnnotationProblem(Severity.KEEPS, PREFIX + key, value, remedy));
        assertThat(AnnotationProblem.anyRefuses(parsed.problems())).isFalse();
    }

    @Test
    void whatNothingIsSafeWithoutRefusesTheService() {
        ServiceOptions.Parsed parsed = parse("node-selector:=a");
        assertThat(parsed.problems())
                .containsExactly(new AnnotationProblem(
                        Severity.ERROR,
                        PREFIX + "node-selector",
                        "=a",
                        "allowed is label=value pairs separated by commas; a label alone asks that it exists"));
        assertThat(AnnotationProblem.anyRefuses(parsed.problems())).isTrue();
    }

    @Test
    void onlyThePortWithTheBadValueIsHeld() {
        ServiceOptions.Parsed parsed = parse("lb-method.http:RANDOM");
        assertThat(of(HTTP, parsed).hold()).isEqualTo(Hold.SETTINGS);
        assertThat(of(HTTPS, parsed).hold()).isNull();
        String ranges = "service.beta.kubernetes.io/load-balancer-source-ranges";
        assertThat(of(HTTP, parse(Map.of(ranges, "nonsense"))).hold()).isEqualTo(Hold.ALL_BUT_MEMBERS);
        assertThat(of(HTTPS, parse("connection-limit.http:many")).hold()).isNull();
    }

    @Test
    void aMalformedSourceRangeOpensNothing() {
        String key = "service.beta.kubernetes.io/load-balancer-source-ranges";
        assertThat(parse(Map.of(key, "10.0.0.0/8,nonsense")).problems())
                .containsExactly(new AnnotationProblem(
                        Severity.KEEPS,
                        key,
                        "10.0.0.0/8,nonsense",
                        "allowed is networks such as 10.0.0.0/8 or 2001:db8::/32, separated by commas"));
    }

    @Test
    void proxyProtocolAndForwardedForContradictEachOther() {
        assertThat(parse("proxy-protocol:v2", "x-forwarded-for:true").problems())
                .containsExactly(new AnnotationProblem(
                        Severity.KEEPS,
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
