package io.octavialb.embedded.kubernetes;

import static io.octavialb.embedded.kubernetes.RawClient.MERGE;
import static io.octavialb.embedded.kubernetes.RawClient.OPERATIONS;
import static io.octavialb.embedded.kubernetes.RawClient.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.embedded.kubernetes.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes and what they leave: versions, conflicts, finalizers, managers. */
class ObjectLifeTest extends EmbeddedKubernetesCase {
    private static final String FINALIZER = "{\"metadata\":{\"finalizers\":[\"example.com/x\"]}}";

    @BeforeEach
    void web() throws IOException {
        assertThat(create("web", PORT_80).code()).isEqualTo(201);
    }

    private Answer merge(String path, String patch) throws IOException {
        return raw.patch(path, MERGE, patch);
    }

    @Test
    void specMovesTheGenerationAndMetadataDoesNot() throws IOException {
        Answer annotated = merge(WEB, "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
        assertThat(annotated.text("metadata.generation")).isEqualTo("1");
        Answer changed = merge(WEB, "{\"spec\":{\"sessionAffinity\":\"ClientIP\"}}");
        assertThat(changed.text("metadata.generation")).isEqualTo("2");
        assertThat(Long.parseLong(changed.text("metadata.resourceVersion")))
                .isGreaterThan(Long.parseLong(annotated.text("metadata.resourceVersion")));
    }

    @Test
    void writeThatChangesNothingLeavesNoTrace() throws IOException {
        Answer before = merge(WEB, "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
        assertThat(merge(WEB, "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}").body())
                .isEqualTo(before.body());
    }

    @Test
    void statusAndSpecAreWrittenApart() throws IOException {
        String both = "{\"spec\":{\"sessionAffinity\":\"ClientIP\"},\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":"
                + "\"203.0.113.7\"}]}}}";
        Answer spec = merge(WEB, both);
        assertThat(spec.text("spec.sessionAffinity")).isEqualTo("ClientIP");
        assertThat(spec.body().at("/status/loadBalancer")).isEmpty();
        merge(WEB, "{\"spec\":{\"sessionAffinity\":\"None\"}}");
        Answer status = merge(WEB + "/status", both);
        assertThat(status.text("spec.sessionAffinity")).isEqualTo("None");
        assertThat(status.body().at("/status/loadBalancer/ingress/0/ip").asText())
                .isEqualTo("203.0.113.7");
    }

    @Test
    void staleVersionAndForeignUidAreConflicts() throws IOException {
        Answer stale = raw.get(WEB);
        merge(WEB, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        Answer refused = raw.put(WEB, stale.body().toString());
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.text("reason")).isEqualTo("Conflict");
        assertThat(refused.text("message")).contains("the object has been modified");
        assertThat(merge(WEB, "{\"metadata\":{\"uid\":\"other\"}}").text("message"))
                .contains("UID in precondition: other");
        String operations =
                "[{\"op\":\"replace\",\"path\":\"/metadata/resourceVersion\",\"value\":\"1\"},{\"op\":\"add\","
                        + "\"path\":\"/metadata/finalizers\",\"value\":[\"a/b\"]}]";
        assertThat(raw.patch(WEB, OPERATIONS, operations).code()).isEqualTo(409);
    }

    @Test
    void objectStaysUntilItsLastFinalizerIsGone() throws IOException {
        merge(WEB, FINALIZER);
        Answer deleted = raw.delete(WEB);
        assertThat(deleted.text("metadata.deletionTimestamp")).isNotEmpty();
        assertThat(raw.get(WEB).code()).isEqualTo(200);
        assertThat(merge(WEB, "{\"metadata\":{\"finalizers\":[\"example.com/x\",\"example.com/y\"]}}")
                        .text("message"))
                .contains("no new finalizers can be added");
        Answer last = raw.patch(WEB, OPERATIONS, "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers/0\"}]");
        assertThat(last.code()).isEqualTo(200);
        assertThat(last.text("metadata.name")).isEqualTo("web");
        assertThat(raw.get(WEB).text("reason")).isEqualTo("NotFound");
    }

    @Test
    void refusalsAreStatusObjects() throws IOException {
        Answer missing = raw.get(SERVICES + "/nope");
        assertThat(missing.code()).isEqualTo(404);
        assertThat(missing.text("message")).isEqualTo("services \"nope\" not found");
        assertThat(missing.text("details.kind")).isEqualTo("services");
        assertThat(create("web", PORT_80).text("reason")).isEqualTo("AlreadyExists");
        assertThat(raw.post("/api/v1/namespaces/nope/services", "{\"metadata\":{\"name\":\"web\"}}")
                        .text("message"))
                .isEqualTo("namespaces \"nope\" not found");
        assertThat(raw.post(SERVICES, "{").code()).isEqualTo(400);
        assertThat(raw.patch(WEB, "text/plain", "{}").code()).isEqualTo(415);
        assertThat(raw.patch(WEB, OPERATIONS, "[{\"op\":\"remove\",\"path\":\"/spec/nope\"}]")
                        .code())
                .isEqualTo(422);
        assertThat(raw.get("/api/v1/widgets").code()).isEqualTo(404);
        assertThat(raw.get(SERVICES + "?fieldSelector=spec.nope=a").text("message"))
                .isEqualTo("field label not supported: spec.nope");
    }

    @Test
    void dryRunLeavesEverythingAsItWas() throws IOException {
        Answer before = raw.get(WEB);
        assertThat(merge(WEB + "?dryRun=All", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")
                        .text("metadata.labels.a"))
                .isEqualTo("b");
        raw.delete(WEB + "?dryRun=All");
        assertThat(raw.get(WEB).body()).isEqualTo(before.body());
    }

    @Test
    void managersOwnWhatTheyWroteLast() throws IOException {
        merge(WEB + "?fieldManager=one", FINALIZER);
        Answer answer = merge(
                WEB + "/status?fieldManager=two",
                "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"1.2.3.4\"}]}}}");
        var entries = answer.body().at("/metadata/managedFields");
        assertThat(entries).extracting(entry -> Json.text(entry, "manager")).containsExactly("somebody", "one", "two");
        assertThat(entries.path(0).path("fieldsV1").has("f:status")).isFalse();
        assertThat(entries.path(1).path("fieldsV1").toString())
                .isEqualTo("{\"f:metadata\":{\"f:finalizers\":{\"v:\\\"example.com/x\\\"\":{}}}}");
        assertThat(entries.path(2).path("fieldsV1").toString())
                .isEqualTo("{\"f:status\":{\"f:loadBalancer\":{\"f:ingress\":{}}}}");
        assertThat(entries.path(2).path("subresource").asText()).isEqualTo("status");
        Answer removed = merge(WEB + "?fieldManager=three", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(removed.body().at("/metadata/managedFields"))
                .extracting(entry -> Json.text(entry, "manager"))
                .containsExactly("somebody", "two");
    }

    @Test
    void portsAreMergedByNumber() throws IOException {
        Answer merged = raw.patch(
                WEB,
                STRATEGIC,
                "{\"spec\":{\"ports\":[{\"port\":80,\"name\":\"http\"},{\"port\":443,\"name\":\"https\"}]}}");
        assertThat(merged.code()).isEqualTo(200);
        assertThat(merged.body().at("/spec/ports"))
                .extracting(port -> Json.text(port, "name") + " " + Json.text(port, "nodePort"))
                .containsExactly("http 30000", "https 30001");
    }

    @Test
    void collectionsAreDeletedByLabel() throws IOException {
        create("other", PORT_80);
        merge(WEB, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertThat(raw.delete(SERVICES + "?labelSelector=a%20in%20(b,c)").code())
                .isEqualTo(200);
        assertThat(raw.get(SERVICES).body().path("items"))
                .extracting(item -> Json.text(item, "metadata.name"))
                .containsExactly("other");
    }

    @Test
    void namespaceGoesWithTheLastObjectInIt() throws IOException {
        raw.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"shop\"}}");
        String shop = "/api/v1/namespaces/shop";
        raw.post(shop + "/services", "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"ports\":[{\"port\":80}]}}");
        merge(shop + "/services/web", FINALIZER);
        raw.delete(shop);
        assertThat(raw.get(shop).text("status.phase")).isEqualTo("Terminating");
        assertThat(raw.post(shop + "/services", "{\"metadata\":{\"name\":\"late\"}}")
                        .code())
                .isEqualTo(403);
        merge(shop + "/services/web", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(raw.get(shop).code()).isEqualTo(404);
    }

    @Test
    void eventsAreFoundByTheirObject() throws IOException {
        String events = "/api/v1/namespaces/default/events";
        for (String about : new String[] {"web", "other"}) {
            raw.post(
                    events,
                    "{\"metadata\":{\"name\":\"" + about + ".1\"},\"involvedObject\":{\"kind\":\"Service\",\"name\":\""
                            + about + "\"},\"reason\":\"Ensured\",\"count\":1}");
        }
        merge(events + "/web.1", "{\"count\":2}");
        assertThat(raw.get(events + "?fieldSelector=involvedObject.name%3Dweb,involvedObject.kind%3DService")
                        .body()
                        .path("items"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("count").asInt()).isEqualTo(2));
    }
}
