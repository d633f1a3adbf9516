package io.octavialb.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user is shown by {@code octavia-lb plan}, of a real API on either side, and that nothing is touched. */
class PlanCommandTest extends CommandCase {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> clusterChanges = new CopyOnWriteArrayList<>();

    private void plan(String... arguments) {
        run("plan", arguments);
    }

    @Test
    void aNewServiceIsCreatedAndNothingIsTouched() throws Exception {
        create(web("web", 80));
        String before = live("web").toString();
        cluster.refuse(request -> {
            if (!request.method().equals("GET")) {
                clusterChanges.add(request.method() + " " + request.path());
            }
            return Optional.empty();
        });
        plan("default/web");
        assertThat(exitCode).isEqualTo(2);
        assertThat(out)
                .startsWith("default/web: 2 changes\n")
                .contains("+ loadbalancer kube_service_kubernetes_default_web: the Service has none")
                .contains("+ member 10.6.0.11:30080 node-1")
                .contains("+ floatingip from network");
        assertThat(err).isEmpty();
        assertThat(changes).isEmpty();
        assertThat(cloud.tree()).isEqualTo("no load balancers\n");
        assertThat(live("web")).hasToString(before);
        assertThat(clusterChanges).isEmpty();
    }

    @Test
    void aServedServiceHasNothingToDoUntilSomethingChanges() {
        create(web("web", 80));
        converge("web");
        plan("default/web");
        assertThat(exitCode).isZero();
        assertThat(out).isEqualTo("default/web: nothing to do\n\n");

        node(3);
        plan("default/web");
        assertThat(exitCode).isEqualTo(2);
        assertThat(out).contains("~ members of pool", ": 1 missing", "+ 10.6.0.13:30080 node-3");
        assertThat(changes).isEmpty();
    }

    @Test
    void withoutNamesAllServicesAreShownAndOneErrorIsTheExitCode() {
        create(web("web", 80));
        create(new ServiceBuilder(web("bad", 81))
                .editMetadata()
                .addToAnnotations("loadbalancer.openstack.org/lb-method", "FASTEST")
                .endMetadata()
                .build());
        create(new ServiceBuilder(web("inner", 82))
                .editSpec()
                .withType("NodePort")
                .endSpec()
                .build());
        plan();
        assertThat(exitCode).isEqualTo(1);
        assertThat(out)
                .contains("default/bad: rejected\n! LoadBalancerLbMethodUnknown: loadbalancer.openstack.org/lb-method")
                .contains("default/web: 2 changes")
                .contains("2 Services: 1 with changes, 1 with errors, 0 with nothing to do")
                .doesNotContain("inner");
        plan("default/inner");
        assertThat(exitCode).isZero();
        assertThat(out).isEqualTo("default/inner: not served: its type is NodePort\n\n");
    }

    @Test
    void aServiceThatIsBeingDeletedShowsItsRelease() {
        create(web("web", 80));
        converge("web");
        cluster.client()
                .services()
                .inNamespace("default")
                .withName("web")
                .edit(service -> new ServiceBuilder(service)
                        .editMetadata()
                        .addToFinalizers("service.kubernetes.io/load-balancer-cleanup")
                        .endMetadata()
                        .build());
        cluster.client().services().inNamespace("default").withName("web").delete();
        assertThat(live("web").getMetadata().getDeletionTimestamp()).isNotNull();
        plan("default/web");
        assertThat(exitCode).isEqualTo(2);
        assertThat(out)
                .startsWith("default/web: 2 changes, the Service is released\n")
                .contains("- floatingip 203.0.113.", ": the Service is released")
                .contains("- loadbalancer kube_service_kubernetes_default_web with all below it");
        assertThat(changes).isEmpty();
    }

    @Test
    void aPendingLoadBalancerIsSaid() {
        create(web("web", 80));
        converge("web");
        String id = loadBalancerId();
        cloud.hold();
        cloud.provisioningStatus(id, "PENDING_UPDATE");
        plan("default/web");
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).contains("default/web: waiting: load balancer " + id + " is PENDING_UPDATE");
    }

    @Test
    void aFileIsMergedWithWhatTheClusterHolds() throws IOException {
        create(web("web", 80));
        converge("web");
        Path manifest = file("web.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: default}
                spec:
                  type: LoadBalancer
                  ports:
                    - {name: p80, port: 80}
                    - {name: p443, port: 443}
                """);
        plan("-f", manifest.toString());
        assertThat(exitCode).isEqualTo(2);
        assertThat(out)
                .contains("! NodePortToCome: port 443 has no nodePort yet")
                .contains("+ listener TCP/443")
                .doesNotContain("TCP/80", "- ");
        assertThat(live("web").getSpec().getPorts()).hasSize(1);
        assertThat(changes).isEmpty();
    }

    @Test
    void aNewServiceInAFileGoesToTheNamespaceOfTheContext() throws IOException {
        Path manifest = file("web.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web, uid: not-ours}
                spec: {type: LoadBalancer, ports: [{port: 80, nodePort: 30080}]}
                ---
                apiVersion: v1
                kind: List
                items:
                  - apiVersion: v1
                    kind: Service
                    metadata: {name: api}
                    spec: {ports: [{port: 80}]}
                """);
        plan("-f", manifest.toString());
        assertThat(exitCode).isEqualTo(2);
        assertThat(out).contains("team/web: 2 changes", "team/api: not served: its type is ClusterIP");
    }

    @Test
    void standardInputAndNodesOfAFileNeedNoCluster() throws IOException {
        Path nodes = file(
                "nodes.json", JSON.writeValueAsString(cluster.client().nodes().list()));
        InputStream before = System.in;
        kubeconfig = kubeconfig("http://127.0.0.1:1");
        try {
            System.setIn(new ByteArrayInputStream("""
                    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"},
                     "spec": {"type": "LoadBalancer", "ports": [{"port": 80, "nodePort": 30080}]}}
                    """.getBytes(StandardCharsets.UTF_8)));
            plan("-f", "-", "--nodes", nodes.toString(), "--cluster-id", "ci");
        } finally {
            System.setIn(before);
        }
        assertThat(err).isEmpty();
        assertThat(exitCode).isEqualTo(2);
        assertThat(out).contains("default/web: 2 changes", "octavia-lb:cluster=ci", "10.6.0.12:30080 node-2");
        plan("-f", "-", "--nodes", nodes.toString());
        assertThat(exitCode).isEqualTo(64);
    }

    @Test
    void jsonHasTheDocumentedShape() throws IOException {
        create(web("web", 80));
        converge("web");
        cluster.client()
                .services()
                .inNamespace("default")
                .withName("web")
                .edit(service -> new ServiceBuilder(service)
                        .editMetadata()
                        .addToAnnotations("loadbalancer.openstack.org/connection-limit", "9")
                        .addToAnnotations("loadbalancer.openstack.org/keep-floatingip", "perhaps")
                        .endMetadata()
                        .build());
        create(web("api", 443));
        plan("-o", "json");
        assertThat(exitCode).isEqualTo(2);
        JsonNode plans = JSON.readTree(out);
        assertThat(plans).hasSize(2);
        assertThat(plans.path(0).path("name").asText()).isEqualTo("api");
        JsonNode create = plans.path(0).path("steps").path(0);
        assertThat(create.path("action").asText()).isEqualTo("create");
        assertThat(create.path("resource").asText()).isEqualTo("loadbalancer");
        assertThat(create.path("reason").asText()).isEqualTo("the Service has none");
        assertThat(create.at("/desired/listeners/0/protocol_port").asInt()).isEqualTo(443);
        assertThat(create.at("/desired/listeners/0/default_pool/members")).hasSize(2);
        JsonNode web = plans.path(1);
        assertThat(web.fieldNames())
                .toIterable()
                .containsExactly("namespace", "name", "duty", "outcome", "message", "notices", "steps");
        assertThat(web.path("outcome").asText()).isEqualTo("changes");
        assertThat(web.path("duty").asText()).isEqualTo("ensure");
        assertThat(web.at("/notices/0/reason").asText()).isEqualTo("LoadBalancerAnnotationIgnored");
        assertThat(web.at("/steps/0/resource").asText()).isEqualTo("listener");
        assertThat(web.at("/steps/0/changes/0"))
                .isEqualTo(JSON.readTree("{\"field\":\"connection_limit\",\"from\":-1,\"to\":9}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: [1, 2                                                           | line 1, column 9: invalid YAML: expected ',' or ']'",
                "a: 1\\na: 2                                                        | line 2, column 1: invalid YAML: found duplicate key a",
                "\\t- x                                                             | invalid YAML",
                "``                                                                 | holds no Service",
                "---\\n---                                                          | holds no Service",
                "just text                                                          | document 1 is no Service",
                "kind: Deployment\\nmetadata: {name: web}                           | document 1 is no Service but a Deployment (web)",
                "kind: Service\\nspec: {}                                           | metadata.name is missing",
                "kind: Service\\nmetadata: {name: a}                                | Service a: spec is missing",
                "kind: Service\\nmetadata: {name: a}\\nspec: {ports: [{port: x}]}   | spec.ports[0].port: x: a number from 1 to 65535",
                "kind: Service\\nmetadata: {name: a}\\nspec: {ports: 7}             | spec.ports: ",
                "kind: Service\\nmetadata: {name: a}\\nspec: {ports: [{port: 1, nodePort: x}]} | spec.ports[0].nodePort: ",
                "kind: Service\\nmetadata: {name: a}\\nspec: {ipFamilies: [IPv5]}   | spec.ipFamilies: \"IPv5\": allowed are",
                "kind: Service\\nmetadata: {name: a, annotations: {b: true}}\\nspec: {} | metadata.annotations.b: true is no string",
            })
    void aFileThatIsNoServiceIsRefusedInOneLine(String text, String complaint) throws IOException {
        Path manifest = file("bad.yaml", text.replace("\\n", "\n").replace("\\t", "\t"));
        plan("-f", manifest.toString());
        failsSaying(manifest.toString(), complaint);
    }

    @Test
    void filesThatCanNotBeReadAreNamed() throws IOException {
        plan("-f", folder.resolve("none.yaml").toString());
        failsSaying("none.yaml: no such file");
        plan("-f", folder.toString());
        failsSaying("is a folder");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        plan("-f", binary.toString());
        failsSaying("binary: is not text in UTF-8");
    }

    @Test
    void aServiceThatIsNotThereIsNamed() {
        plan("default/nope");
        failsSaying("default/nope: the cluster has no such Service");
    }

    @Test
    void anUnreachableClusterIsSaidInTime() throws IOException {
        kubeconfig = kubeconfig("http://127.0.0.1:1");
        long start = System.nanoTime();
        plan("default/web");
        failsSaying("Kubernetes: no answer from the API server");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void anUnreachableCloudIsSaidInTime() throws IOException {
        cloudConfig = file("cloud.conf", cloudConfigText().replace(openStack.authUrl(), "http://127.0.0.1:1/v3"));
        long start = System.nanoTime();
        plan();
        failsSaying("OpenStack at http://127.0.0.1:1/v3", "UNREACHABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void wrongCredentialsAreSaidWithoutThem() throws IOException {
        cloudConfig =
                file("cloud.conf", cloudConfigText().replace(cloud.applicationCredentialSecret(), "wr0ng-secret"));
        plan();
        failsSaying("OpenStack at", "401");
        assertThat(err).doesNotContain("wr0ng-secret");
    }

    @Test
    void aKubeconfigThatCanNotBeUsedIsNamed() throws IOException {
        kubeconfig = folder.resolve("no-kubeconfig");
        plan();
        failsSaying("no-kubeconfig");
        kubeconfig = file("broken-kubeconfig", "apiVersion: [v1\n");
        plan();
        failsSaying("broken-kubeconfig");
    }

    @ParameterizedTest
    @CsvSource({"web", "a/b/c", "/web", "--no-such-option", "-o=xml"})
    void aWrongCommandLineIsExitCode64(String argument) {
        plan(argument);
        assertThat(exitCode).isEqualTo(64);
        assertThat(out).isEmpty();
        assertThat(err).startsWith("octavia-lb: ").contains("octavia-lb plan --help");
    }

    @Test
    void nodesAreNotServices() throws IOException {
        Node node = cluster.client().nodes().withName("node-1").require();
        Path manifest = file("node.json", JSON.writeValueAsString(node));
        plan("-f", manifest.toString());
        failsSaying("document 1 is no Service but a Node (node-1)");
    }
}
