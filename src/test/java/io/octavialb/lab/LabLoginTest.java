package io.octavialb.lab;

import static io.octavialb.lab.CloudService.NEUTRON;
import static io.octavialb.lab.CloudService.OCTAVIA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logs in to the real lab through the proxy and follows the catalog. */
@Tag(Lab.TAG)
class LabLoginTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void aClientThatKnowsOnlyTheProxysAuthUrlStaysOnTheProxy() throws Exception {
        var lab = Lab.load();
        try (var proxy = CountingProxy.inFrontOf(lab);
                var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var login = client.send(login(proxy.authUrl(), lab.applicationCredential()), BodyHandlers.ofString());
            assertThat(login.statusCode()).as(login.body()).isEqualTo(201);
            var token = login.headers().firstValue("X-Subject-Token").orElseThrow();
            var catalog = mapper.readTree(login.body()).at("/token/catalog");
            assertThat(endpoint(catalog, "network")).isEqualTo(proxy.url(NEUTRON));
            assertThat(endpoint(catalog, "load-balancer")).isEqualTo(proxy.url(OCTAVIA));

            var mark = proxy.mark();
            var loadBalancers =
                    get(client, endpoint(catalog, "load-balancer") + "/v2/lbaas/loadbalancers?limit=1", token);
            assertThat(loadBalancers.statusCode()).as(loadBalancers.body()).isEqualTo(200);
            assertThat(mapper.readTree(loadBalancers.body())
                            .path("loadbalancers")
                            .isArray())
                    .isTrue();
            var networks = get(client, endpoint(catalog, "network") + "/v2.0/networks?name=private", token);
            assertThat(mapper.readTree(networks.body()).at("/networks/0/id").asText())
                    .isEqualTo(lab.network("private"));

            assertThat(proxy.calls().logins().count()).isEqualTo(1);
            assertThat(proxy.since(mark).reads().count()).isEqualTo(2);
            assertThat(proxy.since(mark)
                            .to(OCTAVIA)
                            .path(path -> path.endsWith("/loadbalancers"))
                            .count())
                    .isEqualTo(1);
            assertThat(proxy.calls().mutations().count())
                    .as("%s", proxy.calls())
                    .isZero();
        }
    }

    private HttpRequest login(URI authUrl, Lab.ApplicationCredential credential) {
        var body = mapper.createObjectNode();
        var identity = body.putObject("auth").putObject("identity");
        identity.putArray("methods").add("application_credential");
        identity.putObject("application_credential").put("id", credential.id()).put("secret", credential.secret());
        return HttpRequest.newBuilder(URI.create(authUrl + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, String url, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("X-Auth-Token", token)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static URI endpoint(JsonNode catalog, String type) {
        return StreamSupport.stream(catalog.spliterator(), false)
                .filter(service -> service.path("type").asText().equals(type))
                .flatMap(service ->
                        StreamSupport.stream(service.path("endpoints").spliterator(), false))
                .filter(endpoint -> endpoint.path("interface").asText().equals("public"))
                .map(endpoint -> URI.create(endpoint.path("url").asText()))
                .findFirst()
                .orElseThrow();
    }
}
