package io.octavialb.embedded.kubernetes;

import static io.octavialb.embedded.kubernetes.RawClient.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.embedded.kubernetes.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server makes of a Service. */
class ServiceTest extends EmbeddedKubernetesCase {
    private static JsonNode spec(Answer answer) {
        return answer.body().path("spec");
    }

    @Test
    void newLoadBalancerIsCompleted() throws IOException {
        Answer created = create("web", PORT_80);
        assertThat(created.code()).isEqualTo(201);
        ObjectNode expected = Json.stored("""
                {"type": "LoadBalancer", "ports": [{"port": 80, "protocol": "TCP", "targetPort": 80, "nodePort": 30000}],
                 "sessionAffinity": "None", "externalTrafficPolicy": "Cluster", "allocateLoadBalancerNodePorts": true,
                 "internalTrafficPolicy": "Cluster", "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
                 "clusterIP": "10.96.0.10", "clusterIPs": ["10.96.0.10"]}
                """);
        assertThat(spec(created)).isEqualTo(expected);
        assertThat(created.body().path("status").toString()).isEqualTo("{\"loadBalancer\":{}}");
        assertThat(created.text("metadata.uid")).isNotEmpty();
        assertThat(created.text("metadata.creationTimestamp")).endsWith("Z");
        assertThat(created.text("metadata.generation")).isEqualTo("1");
    }

    @Test
    void bothFamiliesHaveAnAddress() throws IOException {
        Answer created = create("web", "ClusterIP", PORT_80, ",\"ipFamilyPolicy\":\"PreferDualStack\"");
        assertThat(spec(created).path("clusterIPs").toString()).isEqualTo("[\"10.96.0.10\",\"fd00:10:96::a\"]");
        assertThat(spec(created).path("ipFamilies").toString()).isEqualTo("[\"IPv4\",\"IPv6\"]");
    }

    @Test
    void localTrafficHasAPortForTheHealthCheckUntilItEnds() throws IOException {
        Answer created = create("web", "LoadBalancer", PORT_80, ",\"externalTrafficPolicy\":\"Local\"");
        assertThat(spec(created).path("healthCheckNodePort").asInt()).isEqualTo(30000);
        assertThat(spec(created).at("/ports/0/nodePort").asInt()).isEqualTo(30001);
        Answer changed = raw.patch(WEB, MERGE, "{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}");
        assertThat(spec(changed).has("healthCheckNodePort")).isFalse();
        assertThat(spec(changed).at("/ports/0/nodePort").asInt()).isEqualTo(30001);
    }

    @Test
    void nodePortsDoNotCollide() throws IOException {
        create("one", "[{\"port\":80,\"nodePort\":30001}]");
        Answer two = create("two", "[{\"port\":80,\"name\":\"a\"},{\"port\":81,\"name\":\"b\"}]");
        assertThat(spec(two).at("/ports/0/nodePort").asInt()).isEqualTo(30000);
        assertThat(spec(two).at("/ports/1/nodePort").asInt()).isEqualTo(30002);
        Answer three = create("three", "[{\"port\":80,\"nodePort\":30001}]");
        assertThat(three.text("message"))
                .isEqualTo(
                        "Service \"three\" is invalid: spec.ports[0].nodePort: Invalid value: 30001: provided port is"
                                + " already allocated");
        raw.delete(SERVICES + "/one");
        assertThat(create("three", "[{\"port\":80,\"nodePort\":30001}]").code()).isEqualTo(201);
    }

    @Test
    void noNodePortsForALoadBalancerThatWantsNone() throws IOException {
        Answer created = create("web", "LoadBalancer", PORT_80, ",\"allocateLoadBalancerNodePorts\":false");
        assertThat(spec(created).at("/ports/0").has("nodePort")).isFalse();
    }

    @Test
    void replacementKeepsWhatWasAllocated() throws IOException {
        create("web", PORT_80);
        Answer replaced = raw.put(
                WEB,
                "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"type\":\"LoadBalancer\",\"ports\":" + PORT_80 + "}}");
        assertThat(replaced.code()).isEqualTo(200);
        assertThat(spec(replaced).path("clusterIP").asText()).isEqualTo("10.96.0.10");
        assertThat(spec(replaced).at("/ports/0/nodePort").asInt()).isEqualTo(30000);
        assertThat(replaced.text("metadata.generation")).isEqualTo("1");
    }

    @Test
    void anotherTypeDropsWhatOnlyALoadBalancerHas() throws IOException {
        create("web", "LoadBalancer", PORT_80, ",\"loadBalancerClass\":\"example.com/lb\"");
        Answer changed = raw.patch(WEB, MERGE, "{\"spec\":{\"type\":\"ClusterIP\"}}");
        assertThat(changed.code()).isEqualTo(200);
        assertThat(spec(changed).properties())
                .extracting(java.util.Map.Entry::getKey)
                .doesNotContain("loadBalancerClass", "allocateLoadBalancerNodePorts", "externalTrafficPolicy");
        assertThat(spec(changed).at("/ports/0").has("nodePort")).isFalse();
    }

    @Test
    void classAndClusterAddressStay() throws IOException {
        create("web", PORT_80);
        assertThat(raw.patch(WEB, MERGE, "{\"spec\":{\"loadBalancerClass\":\"example.com/lb\"}}")
                        .text("message"))
                .contains("spec.loadBalancerClass: Invalid value: \"example.com/lb\": may not change once set");
        assertThat(raw.patch(WEB, MERGE, "{\"spec\":{\"clusterIP\":\"10.96.9.9\",\"clusterIPs\":[\"10.96.9.9\"]}}")
                        .code())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                              | spec.ports: Required value
            [{"port":0}]                                    | spec.ports[0].port: Invalid value: 0: must be between 1
            [{"port":65536}]                                | spec.ports[0].port: Invalid value: 65536: must be between
            [{"port":1},{"port":2,"name":"b"}]              | spec.ports[0].name: Required value
            [{"port":1,"name":"a"},{"port":2,"name":"a"}]   | spec.ports[1].name: Duplicate value: "a"
            [{"port":1,"name":"a"},{"port":1,"name":"b"}]   | spec.ports[1]: Duplicate value
            [{"port":1,"protocol":"ICMP"}]                  | supported values: "SCTP", "TCP", "UDP"
            [{"port":1,"nodePort":80}]                      | The range of valid ports is 30000-32767
            """)
    void wrongPortsAreRefused(String ports, String why) throws IOException {
        Answer refused = create("web", ports);
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("reason")).isEqualTo("Invalid");
        assertThat(refused.text("message")).contains(why);
        assertThat(refused.body().at("/details/causes")).isNotEmpty();
        assertThat(raw.get(WEB).code()).isEqualTo(404);
    }

    @Test
    void everythingWrongIsSaidAtOnce() throws IOException {
        Answer refused = create("9web", "Balancer", "[]", ",\"loadBalancerSourceRanges\":[\"10.0.0.1\"]");
        assertThat(refused.text("message"))
                .startsWith("Service \"9web\" is invalid: [metadata.name: ")
                .contains("spec.type: Unsupported value: \"Balancer\"", "spec.loadBalancerSourceRanges", "spec.ports");
    }

    @Test
    void unknownFieldsAreDroppedOrRefused() throws IOException {
        Answer created = create("web", "LoadBalancer", "[{\"port\":80,\"prot\":\"UDP\"}]", ",\"selektor\":{}");
        assertThat(spec(created).has("selektor")).isFalse();
        assertThat(spec(created).at("/ports/0").has("prot")).isFalse();
        Answer refused = raw.patch(WEB + "?fieldValidation=Strict", MERGE, "{\"spec\":{\"selektor\":{}}}");
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.text("message")).endsWith("strict decoding error: unknown field \"spec.selektor\"");
    }
}
