package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Logs in as user occm, for tests that speak HTTP themselves. */
final class HttpLogin {
    private HttpLogin() {}

    static ObjectNode body() {
        return body("occm", "occm-lab");
    }

    static ObjectNode body(String user, String password) {
        ObjectNode body = CloudState.object();
        ObjectNode identity = body.putObject("auth").putObject("identity");
        identity.putArray("methods").add("password");
        ObjectNode given = identity.putObject("password")
                .putObject("user")
                .put("name", user)
                .put("password", password);
        given.putObject("domain").put("id", "default");
        return body;
    }

    static String token(HttpClient http, OpenStackServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.authUrl() + "/auth/tokens"))
                .POST(HttpRequest.BodyPublishers.ofString(body().toString()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }
}
