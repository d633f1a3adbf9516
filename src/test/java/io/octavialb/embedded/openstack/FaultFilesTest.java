package io.octavialb.embedded.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of {@code wiremock-stubs/faults} strikes as it says, as often as it is told, and then no more. */
class FaultFilesTest {
    private static final String LOAD_BALANCERS = "/load-balancer/v2/lbaas/loadbalancers";
    private static final String FLOATING_IPS = "/networking/v2.0/floatingips";

    private static EmbeddedOpenStack cloud;
    private static OpenStackServer server;
    private static HttpClient http;
    private String token;

    /** A request that a fault strikes; status 0 is a lost connection, after which the JDK itself repeats a GET. */
    private record Strike(String method, String path, int status) {}

    private static final Map<String, Strike> STRIKES = Map.ofEntries(
            Map.entry("octavia-create-503", new Strike("POST", LOAD_BALANCERS, 503)),
            Map.entry("octavia-429", new Strike("GET", LOAD_BALANCERS, 429)),
            Map.entry("octavia-500-html", new Strike("GET", LOAD_BALANCERS, 500)),
            Map.entry("octavia-create-answer-lost", new Strike("POST", LOAD_BALANCERS, 0)),
            Map.entry("octavia-create-504-but-done", new Strike("POST", LOAD_BALANCERS, 504)),
            Map.entry("octavia-list-empty-body", new Strike("GET", LOAD_BALANCERS, 200)),
            Map.entry("octavia-list-truncated", new Strike("GET", LOAD_BALANCERS, 200)),
            Map.entry("octavia-list-garbage", new Strike("GET", LOAD_BALANCERS, 0)),
            Map.entry("octavia-reset", new Strike("POST", LOAD_BALANCERS, 0)),
            Map.entry("octavia-slow", new Strike("GET", LOAD_BALANCERS, 200)),
            Map.entry("octavia-quota-403", new Strike("POST", LOAD_BALANCERS, 403)),
            Map.entry("octavia-project-busy-503", new Strike("POST", LOAD_BALANCERS, 503)),
            Map.entry("octavia-immutable-409", new Strike("PUT", LOAD_BALANCERS + "/some", 409)),
            Map.entry("neutron-floatingip-quota-409", new Strike("POST", FLOATING_IPS, 409)),
            Map.entry("neutron-503", new Strike("GET", FLOATING_IPS, 503)),
            Map.entry("neutron-floatingip-answer-lost", new Strike("POST", FLOATING_IPS, 0)),
            Map.entry("keystone-503", new Strike("POST", "/identity/v3/auth/tokens", 503)),
            Map.entry("token-refused-401", new Strike("GET", FLOATING_IPS, 401)));

    @BeforeAll
    static void open() {
        cloud = new EmbeddedOpenStack();
        server = new OpenStackServer(cloud);
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void close() {
        http.close();
        server.close();
    }

    @BeforeEach
    void login() throws IOException, InterruptedException {
        token = HttpLogin.token(http, server);
    }

    @AfterEach
    void clear() {
        server.clearFaults();
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(StubFiles.ROOT.resolve("faults"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void strikesAndEnds(String name) throws InterruptedException {
        Strike strike = Objects.requireNonNull(STRIKES.get(name), () -> "no request of the test meets " + name);
        server.fault(name, 1);
        long begin = System.nanoTime();
        int struck = status(strike);
        Duration lasted = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(struck).isEqualTo(strike.status());
        if (name.endsWith("slow")) {
            assertThat(lasted).isGreaterThan(Duration.ofSeconds(2));
        }
        int after = status(strike);
        assertThat(after).as("after the fault").isIn(200, 201, 404);
    }

    @Test
    void badBodiesAreBad() throws IOException, InterruptedException {
        server.fault("octavia-list-empty-body", 1);
        assertThat(sent("GET", LOAD_BALANCERS).body()).isEmpty();
        server.fault("octavia-list-truncated", 1);
        assertThat(sent("GET", LOAD_BALANCERS).body())
                .startsWith("{\"loadbalancers\"")
                .doesNotEndWith("}");
        server.fault("octavia-429", 1);
        assertThat(sent("GET", LOAD_BALANCERS).headers().firstValue("Retry-After"))
                .contains("1");
    }

    @Test
    void theWorkBehindALostAnswerIsDone() throws IOException, InterruptedException {
        long before = floatingIps();
        server.fault("neutron-floatingip-answer-lost", 1);
        assertThat(status(new Strike("POST", FLOATING_IPS, 0))).isZero();
        assertThat(floatingIps()).isEqualTo(before + 1);
    }

    private long floatingIps() throws IOException, InterruptedException {
        return CloudState.JSON
                .readTree(sent("GET", FLOATING_IPS).body())
                .path("floatingips")
                .size();
    }

    private int status(Strike strike) throws InterruptedException {
        try {
            return sent(strike.method(), strike.path()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<String> sent(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("X-Auth-Token", token)
                .method(
                        method,
                        HttpRequest.BodyPublishers.ofString(body(method, path).toString()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode body(String method, String path) {
        ObjectNode body = CloudState.object();
        if (path.startsWith("/identity")) {
            return HttpLogin.body();
        }
        if (method.equals("POST") && path.equals(LOAD_BALANCERS)) {
            body.putObject("loadbalancer").put("vip_subnet_id", cloud.subnet("private-subnet"));
        } else if (method.equals("POST")) {
            body.putObject("floatingip").put("floating_network_id", cloud.network("public"));
        }
        return body;
    }

    @Test
    void everyFileSaysWhatItIs() throws IOException {
        List<String> silent = files().filter(
                        name -> StubFiles.read(StubFiles.ROOT.resolve("faults").resolve(name + ".json"))
                                .path("metadata")
                                .path("description")
                                .asText()
                                .isEmpty())
                .toList();
        assertThat(silent).isEmpty();
    }
}
