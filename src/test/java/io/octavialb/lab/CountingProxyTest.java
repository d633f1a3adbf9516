package io.octavialb.lab;

import static io.octavialb.lab.CloudService.KEYSTONE;
import static io.octavialb.lab.CloudService.NEUTRON;
import static io.octavialb.lab.CloudService.OCTAVIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy in front of a server that echoes what it got, and knows a catalog and a paged list. */
class CountingProxyTest {
    private final List<String> served = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer keystone;
    private HttpServer neutron;
    private HttpServer octavia;
    private CountingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        keystone = server();
        neutron = server();
        octavia = server();
        proxy = CountingProxy.inFrontOf(URI.create(origin(keystone) + "/v3"), uri(neutron), uri(octavia));
    }

    @AfterEach
    void stop() {
        proxy.close();
        List.of(keystone, neutron, octavia).forEach(server -> server.stop(0));
        client.shutdownNow();
    }

    @Test
    void forwardsMethodPathQueryHeadersAndBody() throws Exception {
        var answer = send(OCTAVIA, "PUT", "/v2/lbaas/pools/a%2Fb?fields=id&fields=name&tags=a%2Cb", "{\"pool\":{}}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("PUT /v2/lbaas/pools/a%2Fb?fields=id&fields=name&tags=a%2Cb token=secret {\"pool\":{}}");
        assertThat(answer.headers().firstValue("X-Openstack-Request-Id")).hasValue("req-1");
        assertThat(proxy.calls().list())
                .singleElement()
                .satisfies(recorded -> assertThat(recorded.status()).isEqualTo(202))
                .extracting(RecordedCall::call)
                .isEqualTo(new Call(OCTAVIA, "PUT", "/v2/lbaas/pools/a%2Fb", "fields=id&fields=name&tags=a%2Cb"));
    }

    @Test
    void passesOnAnswersWithoutBody() throws Exception {
        var answer = send(NEUTRON, "DELETE", "/v2.0/floatingips/1", "");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void catalogAndPageLinksLeadToTheProxies() throws Exception {
        var catalog = send(KEYSTONE, "POST", "/v3/auth/tokens", "{}").body();
        var page = send(OCTAVIA, "GET", "/v2/lbaas/paged", "").body();

        assertThat(catalog)
                .contains('"' + proxy.authUrl().toString() + '"')
                .contains('"' + proxy.url(NEUTRON).toString() + '"')
                .contains('"' + proxy.url(OCTAVIA).toString() + '"')
                .doesNotContain(origin(keystone), origin(neutron), origin(octavia));
        assertThat(page).isEqualTo("{\"next\":\"" + proxy.url(OCTAVIA) + "/v2/lbaas/paged?marker=1\"}");
    }

    @Test
    void countsByKindServicePathAndSinceAMark() throws Exception {
        send(KEYSTONE, "POST", "/v3/auth/tokens", "{}");
        send(OCTAVIA, "GET", "/v2/lbaas/loadbalancers", "");
        var mark = proxy.mark();
        send(OCTAVIA, "POST", "/v2/lbaas/loadbalancers", "{}");
        send(NEUTRON, "POST", "/v2.0/floatingips", "{}");
        send(NEUTRON, "GET", "/v2.0/floatingips", "");

        assertThat(proxy.calls().count()).isEqualTo(5);
        assertThat(proxy.calls().logins().count()).isEqualTo(1);
        assertThat(proxy.calls().mutations().count()).isEqualTo(2);
        assertThat(proxy.calls().reads().count()).isEqualTo(2);
        assertThat(proxy.calls().count("POST", "GET")).isEqualTo(5);
        assertThat(proxy.calls().count("DELETE")).isZero();
        assertThat(proxy.since(mark).count()).isEqualTo(3);
        assertThat(proxy.since(mark).to(NEUTRON).count()).isEqualTo(2);
        assertThat(proxy.since(mark).to(NEUTRON).mutations().count()).isEqualTo(1);
        assertThat(proxy.since(mark).path(path -> path.endsWith("/floatingips")).count("POST"))
                .isEqualTo(1);
        assertThat(proxy.calls().toString()).contains("OCTAVIA POST /v2/lbaas/loadbalancers -> 202");
    }

    @Test
    void answersInPlaceOfTheService() throws Exception {
        proxy.inject(2, Call::isRead, new Fault.Answer(503, Map.of("Retry-After", "7"), "<html>busy</html>"));

        assertThat(send(OCTAVIA, "POST", "/x", "{}").statusCode()).isEqualTo(202);
        assertThat(proxy.faultsLeft()).isEqualTo(2);
        for (var i = 0; i < 2; i++) {
            var answer = send(OCTAVIA, "GET", "/x", "");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
            assertThat(answer.body()).isEqualTo("<html>busy</html>");
        }
        assertThat(send(OCTAVIA, "GET", "/x", "").statusCode()).isEqualTo(202);

        assertThat(served).containsExactly("POST /x", "GET /x");
        assertThat(proxy.calls().count()).isEqualTo(4);
        assertThat(proxy.faultsLeft()).isZero();
    }

    @Test
    void dropsTheConnectionBeforeForwarding() throws Exception {
        proxy.inject(1, Call::isMutation, new Fault.DropRequest());

        assertThatThrownBy(() -> send(OCTAVIA, "POST", "/x", "{}")).isInstanceOf(IOException.class);

        assertThat(served).isEmpty();
        assertThat(proxy.calls().list()).extracting(RecordedCall::status).containsExactly(RecordedCall.NO_ANSWER);
    }

    @Test
    void forwardsAndDropsTheAnswer() throws Exception {
        proxy.inject(1, call -> call.path().equals("/x"), new Fault.DropAnswer());

        assertThatThrownBy(() -> send(OCTAVIA, "POST", "/x", "{}")).isInstanceOf(IOException.class);

        assertThat(served).containsExactly("POST /x");
        assertThat(proxy.calls().list()).extracting(RecordedCall::status).containsExactly(RecordedCall.NO_ANSWER);
    }

    @Test
    void delays() throws Exception {
        proxy.inject(1, Call::isRead, new Fault.Delay(Duration.ofMillis(200)));

        assertThat(send(OCTAVIA, "GET", "/x", "").statusCode()).isEqualTo(202);

        assertThat(proxy.calls().list())
                .singleElement()
                .satisfies(recorded -> assertThat(recorded.took()).isGreaterThanOrEqualTo(Duration.ofMillis(200)));
    }

    @Test
    void aServiceThatIsGoneDropsTheConnection() {
        octavia.stop(0);

        assertThatThrownBy(() -> send(OCTAVIA, "POST", "/x", "{}")).isInstanceOf(IOException.class);
        assertThat(proxy.calls().mutations().count()).isEqualTo(1);
    }

    private HttpResponse<String> send(CloudService service, String method, String path, String body)
            throws IOException, InterruptedException {
        var url = proxy.url(service);
        var request = HttpRequest.newBuilder(URI.create(url.getScheme() + "://" + url.getAuthority() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("X-Auth-Token", "secret")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpServer server() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::echo);
        server.start();
        return server;
    }

    private void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            served.add(exchange.getRequestMethod() + " " + uri);
            exchange.getResponseHeaders().set("X-Openstack-Request-Id", "req-1");
            if (exchange.getRequestMethod().equals("DELETE")) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            var text = switch (uri.getPath()) {
                case "/v3/auth/tokens" -> json(exchange, catalog());
                case "/v2/lbaas/paged" ->
                    json(exchange, "{\"next\":\"" + origin(octavia) + "/v2/lbaas/paged?marker=1\"}");
                default ->
                    exchange.getRequestMethod() + " " + uri + " token="
                            + exchange.getRequestHeaders().getFirst("X-Auth-Token") + " "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            };
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(202, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String json(HttpExchange exchange, String text) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        return text;
    }

    private String catalog() {
        return """
                {"token":{"catalog":[
                  {"type":"identity","endpoints":[{"url":"%s/v3"}]},
                  {"type":"network","endpoints":[{"url":"%s"}]},
                  {"type":"load-balancer","endpoints":[{"url":"%s"}]}]}}
                """.formatted(origin(keystone), origin(neutron), origin(octavia));
    }

    private static URI uri(HttpServer server) {
        return URI.create(origin(server));
    }

    private static String origin(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
