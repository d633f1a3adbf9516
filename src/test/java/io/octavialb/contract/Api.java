package io.octavialb.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/** One service of a cloud, asked with one token. Paths are relative to its base, bodies are lenient JSON. */
final class Api {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final String base;
    private final String token;

    Api(HttpClient http, String base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /** Headers are written {@code Name: value}. */
    Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    private Answer send(String method, String path, String body, String... headers) {
        String url = path.startsWith("http") ? path : base + path;
        var publisher = body.isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(Json.read(body).toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(LIMIT)
                .method(method, publisher)
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        for (var header : Arrays.asList(headers)) {
            int colon = header.indexOf(": ");
            request.header(header.substring(0, colon), header.substring(colon + 2));
        }
        HttpResponse<String> response = exchange(request.build());
        return new Answer(method + " " + path, response.statusCode(), response.headers(), Json.read(response.body()));
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + " has no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request + " was interrupted", e);
        }
    }
}
