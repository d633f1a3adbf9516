package io.octavialb.embedded.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Service's security group costs in requests, with the real client over HTTP. */
class EmbeddedSecurityGroupTest {
    private static final int LONGEST_URL = 2000;
    private static final String GROUPS = "GET /networking/v2.0/security-groups";
    private static final String PORTS = "GET /networking/v2.0/ports";

    private final EmbeddedOpenStack cloud = new EmbeddedOpenStack();
    private final List<CloudRequest> requests = new CopyOnWriteArrayList<>();
    private final Service web = new ServiceBuilder().build();
    private OpenStackServer server;
    private OpenStack openStack;
    private LoadBalancerWatch watch;
    private CloudReconciliation reconciliation;
    private String token;

    @BeforeEach
    void open() {
        server = new OpenStackServer(cloud);
        CloudConfig config = config();
        openStack = OpenStack.open(
                config.global(), Duration.ofSeconds(10), Attempt.Observer.NOBODY, InstantSource.system());
        watch = new LoadBalancerWatch(openStack.octavia(), _ -> {}, Duration.ofMillis(20));
        reconciliation = new CloudReconciliation(
                config, Clusters.CLUSTER, openStack.octavia(), openStack.neutron(), watch, InstantSource.system());
        token = Objects.requireNonNull(
                cloud.answer(CloudRequest.of("POST", "/identity/v3/auth/tokens", "", HttpLogin.body()))
                        .headers()
                        .get("X-Subject-Token"));
        cloud.observe(new ExchangeObserver() {
            @Override
            public Fate before(CloudRequest request) {
                if (request.path().matches(".*/(ports|security-group).*")) {
                    requests.add(request);
                }
                return Fate.GOES_ON;
            }
        });
    }

    @AfterEach
    void close() {
        watch.close();
        openStack.close();
        server.close();
    }

    private CloudConfig config() {
        String text = "[Global]\nauth-url = " + server.authUrl() + "\nregion = " + cloud.region()
                + "\napplication-credential-id = " + cloud.applicationCredentialId()
                + "\napplication-credential-secret = " + cloud.applicationCredentialSecret()
                + "\n[LoadBalancer]\nsubnet-id = " + cloud.subnet("scale-subnet") + "\nfloating-network-id = "
                + cloud.network("public") + "\nmanage-security-groups = true\n";
        return switch (CloudConfig.parse("cloud.conf", text, path -> {
            throw new IllegalStateException(path);
        })) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    /** An instance with its port; ports of instances are what Nova makes of them. */
    private Node node(int number) {
        String instance = "00000000-0000-4000-9000-%012d".formatted(number);
        String address = "10.64." + (1 + number / 200) + "." + (10 + number % 200);
        ObjectNode body = CloudState.object();
        ObjectNode port = body.putObject("port")
                .put("network_id", cloud.network("scale"))
                .put("name", "scale-node-" + number)
                .put("device_id", instance);
        port.putArray("fixed_ips")
                .addObject()
                .put("subnet_id", cloud.subnet("scale-subnet"))
                .put("ip_address", address);
        assertThat(cloud.answer(CloudRequest.of("POST", "/networking/v2.0/ports", token, body))
                        .status())
                .isEqualTo(201);
        return new Node(
                "scale-node-" + number,
                Map.of(),
                Set.of(),
                false,
                "openstack:///" + instance,
                List.of(new Node.Address("InternalIP", address)));
    }

    private List<String> requestsOf(List<Node> nodes) {
        requests.clear();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> reconciliation.ensure(web, nodes) instanceof Outcome.Converged);
        return requests.stream()
                .map(request -> request.method() + " " + request.path().replaceAll("/[0-9a-f-]{36}$", "/{id}"))
                .toList();
    }

    @ParameterizedTest(name = "{0} nodes")
    @ValueSource(ints = {1, 1000})
    void whatItCostsDependsOnWhatChanges(int size) {
        List<Node> nodes = IntStream.range(0, size).mapToObj(this::node).toList();
        List<String> creation = requestsOf(nodes);
        assertThat(creation).filteredOn(GROUPS::equals).hasSize(1);
        assertThat(creation).filteredOn(PORTS::equals).hasSize((size + 29) / 30);
        assertThat(creation)
                .filteredOn("PUT /networking/v2.0/ports/{id}"::equals)
                .hasSize(size);
        assertThat(creation)
                .filteredOn(request -> request.startsWith("POST"))
                .containsExactly("POST /networking/v2.0/security-groups", "POST /networking/v2.0/security-group-rules");
        assertThat(requests).allSatisfy(request -> assertThat(length(request)).isLessThan(LONGEST_URL));

        assertThat(requestsOf(nodes)).as("nothing changed").containsExactly(GROUPS, PORTS);

        List<Node> more = IntStream.range(0, size + 1)
                .mapToObj(i -> i < size ? nodes.get(i) : node(i))
                .toList();
        assertThat(requestsOf(more))
                .as("a node joins")
                .containsExactly(GROUPS, PORTS, PORTS, "PUT /networking/v2.0/ports/{id}");
        assertThat(requestsOf(nodes))
                .as("a node leaves")
                .containsExactly(GROUPS, PORTS, "PUT /networking/v2.0/ports/{id}");
    }

    private static int length(CloudRequest request) {
        return request.path().length()
                + request.query().entries().stream()
                        .mapToInt(param ->
                                param.getKey().length() + param.getValue().length() + 2)
                        .sum();
    }

    @Test
    void anotherProgramsGroupOnThePortSurvives() {
        Node node = node(1);
        cloud.observe(new ExchangeObserver() {
            private boolean done;

            @Override
            public Fate before(CloudRequest request) {
                if (!done && request.is("PUT") && request.path().contains("/ports/")) {
                    done = true;
                    ObjectNode body = CloudState.object();
                    body.putObject("port").putArray("security_groups").add(cloud.securityGroup("nodes"));
                    cloud.answer(CloudRequest.of("PUT", request.path(), token, body));
                }
                return Fate.GOES_ON;
            }
        });
        List<String> creation = requestsOf(List.of(node));
        assertThat(creation)
                .endsWith(
                        "PUT /networking/v2.0/ports/{id}",
                        "GET /networking/v2.0/ports/{id}",
                        "PUT /networking/v2.0/ports/{id}");
        assertThat(openStack.neutron().portsOfInstances(List.of("00000000-0000-4000-9000-000000000001")))
                .singleElement()
                .satisfies(
                        port -> assertThat(port.securityGroups()).hasSize(2).startsWith(cloud.securityGroup("nodes")));
        await().atMost(Duration.ofSeconds(20)).until(() -> reconciliation.release(web) instanceof Outcome.Released);
        assertThat(openStack.neutron().portsOfInstances(List.of("00000000-0000-4000-9000-000000000001")))
                .singleElement()
                .satisfies(port -> assertThat(port.securityGroups()).containsExactly(cloud.securityGroup("nodes")));
    }
}
