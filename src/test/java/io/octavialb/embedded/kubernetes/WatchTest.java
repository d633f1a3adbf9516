package io.octavialb.embedded.kubernetes;

import static io.octavialb.embedded.kubernetes.RawClient.MERGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Watches over both transports, and the faults that can befall them. */
class WatchTest extends EmbeddedKubernetesCase {
    private static List<String> types(List<ObjectNode> events) {
        return events.stream()
                .map(event -> Json.text(event, "type") + " " + Json.text(event, "object.metadata.name"))
                .toList();
    }

    private void label(String service, String value) throws IOException {
        raw.patch(SERVICES + "/" + service, MERGE, "{\"metadata\":{\"labels\":{\"a\":" + value + "}}}");
    }

    @Test
    void chunkedWatchTellsOfWhatThereIsAndOfEachChange() throws IOException {
        create("web", PORT_80);
        List<ObjectNode> events = raw.watch(SERVICES + "?watch=true");
        create("other", PORT_80);
        raw.delete(WEB);
        await().untilAsserted(
                        () -> assertThat(types(events)).containsExactly("ADDED web", "ADDED other", "DELETED web"));
    }

    @Test
    void watchGoesOnFromTheVersionOfAList() throws IOException {
        create("web", PORT_80);
        String version = raw.get(SERVICES).text("metadata.resourceVersion");
        create("other", PORT_80);
        List<ObjectNode> events = raw.watch(SERVICES + "?watch=1&resourceVersion=" + version);
        await().untilAsserted(() -> assertThat(types(events)).containsExactly("ADDED other"));
    }

    @Test
    void objectThatLeavesTheSelectionIsDeletedForTheWatch() throws IOException {
        create("web", PORT_80);
        List<ObjectNode> events = raw.watch(SERVICES + "?watch=true&labelSelector=a%3Db");
        label("web", "\"b\"");
        label("web", "null");
        await().untilAsserted(() -> assertThat(types(events)).containsExactly("ADDED web", "DELETED web"));
    }

    @Test
    void informerFollowsThroughExpiryAndCuts() {
        try (SharedIndexInformer<Node> informer = kubernetes.client().nodes().inform()) {
            kubernetes.node("one", "openstack:///1", "10.6.0.11");
            await().until(() -> informer.getStore().list().size() == 1);
            kubernetes.expireWatches();
            kubernetes.node("two", "openstack:///2", "10.6.0.12");
            await().until(() -> informer.getStore().list().size() == 2);
            kubernetes.cutConnections();
            kubernetes.node("three", "openstack:///3", "10.6.0.13");
            await().until(() -> informer.getStore().list().size() == 3);
            await().until(() -> kubernetes.openWatches() == 1); // not on its way any more when the client ends
        }
        await().until(() -> kubernetes.openWatches() == 0);
    }

    @Test
    void forgottenVersionIs410() throws IOException {
        create("web", PORT_80);
        for (int i = 0; i < 1001; i++) {
            label("web", "\"" + i + "\"");
        }
        assertThat(raw.get(SERVICES + "?watch=true&resourceVersion=6").code()).isEqualTo(410);
    }

    @Test
    void watchEndsAfterItsTimeout() throws IOException {
        raw.watch(SERVICES + "?watch=true&timeoutSeconds=1");
        assertThat(kubernetes.openWatches()).isEqualTo(1);
        await().until(() -> kubernetes.openWatches() == 0);
    }

    @Test
    void refusalsBefallTheRequestsTheyAreMeantFor() throws IOException {
        kubernetes.refuse(request -> switch (request.method()) {
            case "POST" -> Optional.of(new Refusal.AnswerLost());
            case "PATCH" -> Optional.of(new Refusal.Answer(409, "Conflict", "no"));
            case "DELETE" -> Optional.of(new Refusal.Cut());
            default -> request.isWatch() ? Optional.of(new Refusal.Answer(410, "Expired", "old")) : Optional.empty();
        });
        assertThatThrownBy(() -> create("web", PORT_80)).isInstanceOf(IOException.class);
        assertThat(raw.get(WEB).code()).as("done, though its answer was lost").isEqualTo(200);
        assertThat(raw.patch(WEB, MERGE, "{}").code()).isEqualTo(409);
        assertThatThrownBy(() -> raw.delete(WEB)).isInstanceOf(IOException.class);
        assertThat(raw.get(SERVICES + "?watch=true").text("reason")).isEqualTo("Expired");
        kubernetes.refuse(_ -> Optional.empty());
        assertThat(raw.delete(WEB).code()).isEqualTo(200);
    }

    @Test
    void closingIsQuickWithWatchesOpen() throws IOException {
        raw.watch(SERVICES + "?watch=true");
        SharedIndexInformer<Service> informer =
                kubernetes.client().services().inAnyNamespace().inform();
        Instant start = Instant.now();
        kubernetes.close();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        informer.close();
    }
}
