package io.octavialb.embedded.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with kubectl, with the kubectl that is installed. */
@Tag("kubectl")
class KubectlTest {
    private static final String WEB = """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
            spec:
              type: LoadBalancer
              selector: {app: web}
              ports:
              - {name: http, port: 80, targetPort: 8080}
            """;

    @TempDir
    private Path folder;

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private Kubectl kubectl;

    @BeforeEach
    void configure() throws IOException {
        kubectl = new Kubectl(kubernetes, folder);
    }

    @AfterEach
    void end() {
        kubernetes.close();
    }

    private String kubectl(String... arguments) throws IOException {
        Kubectl.Result result = kubectl.run(arguments);
        assertThat(result.exit())
                .as(() -> String.join(" ", arguments) + ": " + result.output())
                .isZero();
        return result.output();
    }

    private void apply(String manifest) throws IOException {
        kubectl("apply", "-f", kubectl.file("manifest.yaml", manifest).toString());
    }

    private Resource<Service> web() {
        return kubernetes.client().services().inNamespace("default").withName("web");
    }

    private void serve() {
        web().editStatus(service -> {
            service.getStatus()
                    .getLoadBalancer()
                    .getIngress()
                    .add(new io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder()
                            .withIp("203.0.113.7")
                            .build());
            return service;
        });
        kubernetes
                .client()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName("web.1")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("Service")
                        .withNamespace("default")
                        .withName("web")
                        .withUid(web().require().getMetadata().getUid())
                        .endInvolvedObject()
                        .withType("Normal")
                        .withReason("EnsuredLoadBalancer")
                        .withMessage("Ensured load balancer")
                        .withCount(1)
                        .withFirstTimestamp(Instant.now().toString())
                        .withLastTimestamp(Instant.now().toString())
                        .withNewSource()
                        .withComponent("service-controller")
                        .endSource()
                        .build())
                .create();
    }

    @Test
    void serviceIsAppliedSeenAndChanged() throws IOException {
        assertThat(kubectl("version")).contains("embedded");
        assertThat(kubectl("cluster-info")).contains(kubernetes.url());
        assertThat(kubectl("api-resources")).contains("svc", "endpointslices", "leases");
        apply(WEB);
        assertThat(kubectl("get", "svc"))
                .matches("(?s)NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\\(S\\) +AGE\\n"
                        + "web +LoadBalancer +10.96.0.10 +<pending> +80:30000/TCP +\\d+s\\n");
        serve();
        assertThat(kubectl("get", "svc", "web", "-o", "wide")).contains("203.0.113.7", "SELECTOR", "app=web");
        assertThat(kubectl("get", "svc", "web", "-o", "jsonpath={.status.loadBalancer.ingress[0].ip}"))
                .isEqualTo("203.0.113.7");
        assertThat(kubectl("describe", "svc", "web"))
                .contains("LoadBalancer Ingress:", "203.0.113.7", "NodePort:")
                .containsPattern("Normal +EnsuredLoadBalancer +\\d+s +service-controller +Ensured load balancer");
        assertThat(kubectl("get", "events"))
                .containsPattern("LAST SEEN +TYPE +REASON +OBJECT +MESSAGE")
                .containsPattern("Normal +EnsuredLoadBalancer +service/web +Ensured load balancer");
        kubectl("annotate", "svc", "web", "loadbalancer.openstack.org/keep-floatingip=true");
        kubectl("label", "svc", "web", "tier=front");
        kubectl("edit", "svc", "web");
        Service edited = web().require();
        assertThat(edited.getMetadata().getAnnotations())
                .containsEntry("loadbalancer.openstack.org/keep-floatingip", "true");
        assertThat(edited.getSpec().getPorts().getFirst().getTargetPort().getIntVal())
                .isEqualTo(9090);
        apply(WEB + "  - {name: https, port: 443}\n");
        assertThat(kubectl("get", "svc", "-l", "tier=front")).contains("80:30000/TCP,443:30001/TCP", "203.0.113.7");
        apply(WEB);
        assertThat(web().require().getSpec().getPorts()).hasSize(1);
        assertThat(web().require().getMetadata().getLabels()).containsEntry("tier", "front");
        assertThat(kubectl("get", "svc", "web", "-o", "yaml")).contains("ip: 203.0.113.7", "clusterIP: 10.96.0.10");
    }

    @Test
    void wrongServiceIsRefusedWithTheReason() throws IOException {
        Kubectl.Result result = kubectl.run(
                "apply",
                "-f",
                kubectl.file("wrong.yaml", WEB.replace("port: 80,", "port: 0,")).toString());
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).contains("The Service \"web\" is invalid", "spec.ports[0].port: Invalid value: 0");
        assertThat(kubectl.run("get", "svc", "web").output())
                .contains("Error from server (NotFound): services \"web\" not found");
    }

    @Test
    void misspeltFieldIsTold() throws IOException {
        Kubectl.Result result = kubectl.run(
                "apply",
                "-f",
                kubectl.file("misspelt.yaml", WEB.replace("selector:", "selektor:"))
                        .toString());
        assertThat(result.output()).contains("unknown field \"spec.selektor\"");
    }

    @Test
    void nodesComeAndGo() throws IOException {
        kubernetes.node("node-1", "openstack:///1", "10.6.0.11");
        apply("""
                apiVersion: v1
                kind: Node
                metadata: {name: node-2}
                spec: {providerID: "openstack:///2"}
                status:
                  addresses: [{type: InternalIP, address: 10.6.0.12}]
                  conditions: [{type: Ready, status: "True"}]
                """);
        assertThat(kubectl("get", "nodes", "-o", "wide"))
                .containsPattern("NAME +STATUS +ROLES +AGE +VERSION +INTERNAL-IP")
                .containsPattern("node-1 +Ready +<none> +\\d+s +v1.32.0 +10.6.0.11")
                .containsPattern("node-2 +Ready +<none> +\\d+s +10.6.0.12");
        kubectl("cordon", "node-2");
        assertThat(kubectl("get", "nodes")).contains("Ready,SchedulingDisabled");
        kubectl("delete", "node", "node-1");
        assertThat(kubectl("get", "nodes", "-o", "name")).isEqualTo("node/node-2\n");
        assertThat(kubectl("get", "ns")).contains("default", "kube-node-lease", "kube-public", "kube-system");
    }

    @Test
    void watchShowsChangesAsTheyHappen() throws IOException {
        apply(WEB);
        try (Kubectl.Running watch = kubectl.start("get", "svc", "-w")) {
            await().until(() -> watch.output().contains("<pending>"));
            serve();
            await().until(() -> watch.output().contains("203.0.113.7"));
        }
    }

    @Test
    void deletedServiceStaysUntilItsFinalizerIsGone() throws IOException {
        apply(WEB);
        kubectl("patch", "svc", "web", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":[\"example.com/x\"]}}");
        try (Kubectl.Running delete = kubectl.start("delete", "svc", "web")) {
            await().until(() -> web().require().getMetadata().getDeletionTimestamp() != null);
            await().until(() -> kubernetes.openWatches() == 1);
            web().edit(service -> {
                service.getMetadata().getFinalizers().clear();
                return service;
            });
            Kubectl.Result result = delete.end();
            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(result.output()).contains("service \"web\" deleted");
        }
        assertThat(web().get()).isNull();
    }
}
