package io.octavialb.embedded.kubernetes;

import static io.octavialb.embedded.kubernetes.RawClient.MERGE;
import static io.octavialb.embedded.kubernetes.RawClient.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.embedded.kubernetes.RawClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code kubectl get} shows. */
class TableTest extends EmbeddedKubernetesCase {
    private static List<String> titles(Answer table) {
        return Json.stream(table.body().path("columnDefinitions"))
                .map(column ->
                        Json.text(column, "name") + (column.path("priority").asInt() == 0 ? "" : "*"))
                .toList();
    }

    private static List<String> cells(Answer table) {
        return Json.texts(table.body().at("/rows/0/cells"));
    }

    @Test
    void services() throws IOException {
        create("web", "LoadBalancer", PORT_80, ",\"selector\":{\"app\":\"web\"}");
        Answer pending = raw.get(SERVICES, TABLE);
        assertThat(titles(pending))
                .containsExactly("Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", "Selector*");
        assertThat(cells(pending))
                .startsWith("web", "LoadBalancer", "10.96.0.10", "<pending>", "80:30000/TCP")
                .endsWith("app=web");
        raw.patch(
                WEB + "/status",
                MERGE,
                "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"1.2.3.4\"},{\"hostname\":\"a.example\"}]}}}");
        assertThat(cells(raw.get(WEB, TABLE))).contains("1.2.3.4,a.example");
        assertThat(raw.get(WEB, TABLE).body().at("/rows/0/object/kind").asText())
                .isEqualTo("PartialObjectMetadata");
    }

    @Test
    void nodes() throws IOException {
        kubernetes.node("node-1", "openstack:///1", "10.6.0.11");
        Answer table = raw.get("/api/v1/nodes", TABLE);
        assertThat(titles(table)).startsWith("Name", "Status", "Roles", "Age", "Version", "Internal-IP*");
        assertThat(cells(table)).startsWith("node-1", "Ready", "<none>").contains("v1.32.0", "10.6.0.11");
    }

    @Test
    void events() throws IOException {
        String events = "/api/v1/namespaces/default/events";
        raw.post(events, """
                {"metadata": {"name": "e"}, "involvedObject": {"kind": "Service", "name": "web"}, "type": "Warning",
                 "reason": "SyncFailed", "message": "no\\n", "count": 3, "source": {"component": "service-controller"},
                 "firstTimestamp": "2020-01-01T00:00:00Z", "lastTimestamp": "2021-01-01T00:00:00Z"}
                """);
        Answer table = raw.get(events, TABLE);
        assertThat(titles(table))
                .containsExactly(
                        "Last Seen",
                        "Type",
                        "Reason",
                        "Object",
                        "Subobject*",
                        "Source*",
                        "Message",
                        "First Seen*",
                        "Count*",
                        "Name*");
        assertThat(cells(table))
                .contains("Warning", "SyncFailed", "service/web", "service-controller", "no", "3", "e")
                .element(0)
                .asString()
                .contains("(x3 over ");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0s",
        "PT119S,119s",
        "PT2M,2m",
        "PT9M59S,9m59s",
        "PT179M,179m",
        "PT3H,3h",
        "PT7H59M,7h59m",
        "PT47H,47h",
        "P2D,2d",
        "P7DT5H,7d5h",
        "P8DT5H,8d",
        "P729D,729d",
        "P731D,2y1d",
        "P4000D,10y"
    })
    void agesAreAsKubectlWritesThem(Duration age, String text) {
        assertThat(Age.text(age)).isEqualTo(text);
    }
}
