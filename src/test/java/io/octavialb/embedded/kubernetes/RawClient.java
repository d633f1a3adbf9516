package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Requests as they are on the wire. */
final class RawClient implements AutoCloseable {
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String OPERATIONS = "application/json-patch+json";
    static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EmbeddedKubernetes kubernetes;

    record Answer(int code, ObjectNode body) {
        String text(String path) {
            return Json.text(body, path);
        }
    }

    RawClient(EmbeddedKubernetes kubernetes) {
        this.kubernetes = kubernetes;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(kubernetes.url() + path)).header("User-Agent", "somebody/1.0");
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), Json.stored(response.body()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) throws IOException {
        return get(path, "application/json");
    }

    Answer get(String path, String accept) throws IOException {
        return send(to(path).header("Accept", accept).build());
    }

    Answer post(String path, String body) throws IOException {
        return body("POST", path, "application/json", body);
    }

    Answer put(String path, String body) throws IOException {
        return body("PUT", path, "application/json", body);
    }

    Answer patch(String path, String type, String body) throws IOException {
        return body("PATCH", path, type, body);
    }

    Answer delete(String path) throws IOException {
        return send(to(path).DELETE().build());
    }

    private Answer body(String method, String path, String type, String body) throws IOException {
        return send(to(path).header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    /** The events of a watch, as they come; the thread ends with the watch. */
    List<ObjectNode> watch(String path) throws IOException {
        List<ObjectNode> events = new CopyOnWriteArrayList<>();
        try {
            var lines = http.send(to(path).build(), BodyHandlers.ofLines()).body();
            Thread.startVirtualThread(() -> {
                try (lines) {
                    lines.forEach(line -> events.add(Json.stored(line)));
                } catch (java.io.UncheckedIOException cut) {
                    events.add(Json.object().put("type", "CUT"));
                }
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return events;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
