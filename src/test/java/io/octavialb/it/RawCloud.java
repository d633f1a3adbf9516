package io.octavialb.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/** The lab as another program uses it: bodies as they are written, by nothing of ours. */
final class RawCloud implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Lab lab;
    private final String token;

    RawCloud(Lab lab) {
        this.lab = lab;
        Lab.ApplicationCredential credential = lab.applicationCredential();
        HttpResponse<String> login = post(
                lab.authUrl() + "/auth/tokens",
                "",
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        new String[] {"application_credential"},
                                        "application_credential",
                                        Map.of("id", credential.id(), "secret", credential.secret())))));
        this.token = login.headers().firstValue("X-Subject-Token").orElseThrow();
    }

    /** The load balancer of {@code POST /v2/lbaas/loadbalancers}. */
    JsonNode createLoadBalancer(Map<String, Object> body) {
        return created(lab.loadBalancerUrl() + "/v2/lbaas/loadbalancers", "loadbalancer", body);
    }

    /** The floating IP of {@code POST /v2.0/floatingips}. */
    JsonNode createFloatingIp(Map<String, Object> body) {
        return created(lab.networkUrl() + "/v2.0/floatingips", "floatingip", body);
    }

    /** The id of a port of {@code POST /v2.0/ports}. */
    String createPort(String networkId, String name) {
        return created(lab.networkUrl() + "/v2.0/ports", "port", Map.of("network_id", networkId, "name", name))
                .path("id")
                .textValue();
    }

    void deletePort(String id) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(lab.networkUrl() + "/v2.0/ports/" + id))
                .header("X-Auth-Token", token)
                .DELETE()
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** {@code GET /v2.0/ports}: the name of each by its id. */
    Map<String, String> portNames() {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(lab.networkUrl() + "/v2.0/ports?fields=id&fields=name"))
                        .header("X-Auth-Token", token)
                        .build());
        Map<String, String> names = new HashMap<>();
        parsed(answer)
                .path("ports")
                .forEach(port ->
                        names.put(port.path("id").textValue(), port.path("name").textValue()));
        return names;
    }

    private JsonNode created(String url, String kind, Map<String, Object> body) {
        HttpResponse<String> answer = post(url, token, Map.of(kind, body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return parsed(answer).path(kind);
    }

    private static JsonNode parsed(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> post(String url, String as, Map<String, ?> body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (!as.isEmpty()) {
                request.header("X-Auth-Token", as);
            }
            return send(request.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
