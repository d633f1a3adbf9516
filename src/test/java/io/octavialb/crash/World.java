package io.octavialb.crash;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.config.ServiceOptions;
import io.octavialb.embedded.kubernetes.ApiRequest;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import io.octavialb.embedded.kubernetes.Refusal;
import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.Octavia;
import io.octavialb.openstack.OpenStack;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cloud and a cluster in memory, both emptied for each run, and what a user does in them.
 *
 * <p>What the controller sends during its passes goes by the {@link Script}; what the user and the test send does not.
 */
final class World implements AutoCloseable {
    static final String NAMESPACE = "default";

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final CloudFront front = new CloudFront(this::treat);
    private final KubernetesClient user = kubernetes.client();
    private final KubernetesClient controllers;
    private final AtomicInteger changes = new AtomicInteger();
    private EmbeddedOpenStack cloud = new EmbeddedOpenStack();
    private String moreConfig = "";
    private volatile Script script = Script.NOTHING_HAPPENS;
    private volatile boolean inPass;
    private volatile boolean away;
    private final AtomicInteger missed = new AtomicInteger();

    World() {
        controllers = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(kubernetes.config())
                        .withRequestRetryBackoffLimit(2)
                        .withRequestRetryBackoffInterval(1)
                        .build())
                .build();
        kubernetes.refuse(this::refused);
    }

    /** Empties both; the cluster gets node-1 and node-2. */
    void reset(String cloudConfigLines) {
        script = Script.NOTHING_HAPPENS;
        away = false;
        moreConfig = cloudConfigLines;
        cloud = new EmbeddedOpenStack();
        front.serve(cloud);
        for (Service service : services()) {
            edit(
                    service.getMetadata().getName(),
                    it -> it.editMetadata().withFinalizers(List.of()).endMetadata());
            delete(service.getMetadata().getName());
        }
        user.v1().events().inNamespace(NAMESPACE).delete();
        user.nodes().delete();
        join(1);
        join(2);
    }

    EmbeddedOpenStack cloud() {
        return cloud;
    }

    CloudFront front() {
        return front;
    }

    /** For controllers. */
    KubernetesClient client() {
        return controllers;
    }

    void follow(Script next) {
        script = next;
    }

    Script script() {
        return script;
    }

    /** Every watch ends with a 410. */
    void expireWatches() {
        kubernetes.expireWatches();
    }

    /** The Kubernetes API is not there any more, also for those who are connected. */
    void goAway() {
        missed.set(0);
        away = true;
        kubernetes.cutConnections();
    }

    void comeBack() {
        away = false;
    }

    /** How many requests have not got through since it went away. */
    int missed() {
        return missed.get();
    }

    /** How many changes controllers have made, or tried to make. */
    int changes() {
        return changes.get();
    }

    /** What is sent to Kubernetes meanwhile is the controller's. */
    <T> T during(CloudFront.Pass<T, InterruptedException> pass) throws InterruptedException {
        inPass = true;
        try {
            return front.pass(pass);
        } finally {
            inPass = false;
        }
    }

    private synchronized Treatment treat(Call call) {
        Treatment treatment = script.stopped() ? Treatment.CUT : script.treat(call);
        if (call.changes()) {
            changes.incrementAndGet();
        }
        return treatment;
    }

    private Optional<Refusal> refused(ApiRequest request) {
        if (away) {
            missed.incrementAndGet();
            return Optional.of(new Refusal.Cut());
        }
        if (!inPass) {
            return Optional.empty();
        }
        Call call = Call.of(request);
        if (!call.changes()) {
            return script.stopped() ? Optional.of(new Refusal.Cut()) : Optional.empty();
        }
        return switch (treat(call)) {
            case Treatment.Answered() -> Optional.empty();
            case Treatment.Cut() -> Optional.of(new Refusal.Cut());
            case Treatment.AnswerLost(), Treatment.Truncated(), Treatment.Silent() ->
                Optional.of(new Refusal.AnswerLost());
            case Treatment.Refused(int status, var _, String body) ->
                Optional.of(new Refusal.Answer(status, status == 409 ? "Conflict" : "InternalError", body));
        };
    }

    CloudConfig config() {
        String text = """
                [Global]
                auth-url = %s/identity/v3
                region = %s
                application-credential-id = %s
                application-credential-secret = %s
                [LoadBalancer]
                subnet-id = %s
                floating-network-id = %s
                create-monitor = true
                %s
                """.formatted(
                        front.url(),
                        cloud.region(),
                        cloud.applicationCredentialId(),
                        cloud.applicationCredentialSecret(),
                        cloud.subnet("private-subnet"),
                        cloud.network("public"),
                        moreConfig);
        return switch (CloudConfig.parse("cloud.conf", text, path -> {
            throw new IllegalStateException(path);
        })) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.message());
        };
    }

    void join(int number) {
        kubernetes.node(
                "node-" + number, "openstack:///00000000-0000-4000-8000-00000000000" + number, "10.6.0.1" + number);
    }

    void leave(int number) {
        user.nodes().withName("node-" + number).delete();
    }

    static ServicePort port(String protocol, int port) {
        return new ServicePortBuilder()
                .withName(protocol.toLowerCase(Locale.ROOT) + "-" + port)
                .withProtocol(protocol)
                .withPort(port)
                .withNodePort(30000 + port)
                .build();
    }

    void create(String name, Map<String, String> annotations, ServicePort... ports) {
        user.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withPorts(List.of(ports))
                        .withIpFamilies("IPv4")
                        .endSpec()
                        .build())
                .create();
    }

    void edit(String name, UnaryOperator<ServiceBuilder> change) {
        EmbeddedKubernetes.edit(
                user.services().inNamespace(NAMESPACE).withName(name),
                service -> change.apply(new ServiceBuilder(service)).build());
    }

    void delete(String name) {
        user.services().inNamespace(NAMESPACE).withName(name).delete();
    }

    List<Service> services() {
        return user.services().inNamespace(NAMESPACE).list().getItems();
    }

    Optional<Service> service(String name) {
        return Optional.ofNullable(
                user.services().inNamespace(NAMESPACE).withName(name).get());
    }

    String loadBalancerId(String name) {
        return service(name)
                .map(service -> service.getMetadata().getAnnotations().get(ServiceOptions.LOAD_BALANCER_ID_KEY))
                .orElseThrow();
    }

    /** The Service's load balancer goes; that it is looked for before the drift period, the Service is changed. */
    void removeByHand(String name) {
        try (OpenStack client = OpenStack.open(
                config().global(), Duration.ofSeconds(10), Attempt.Observer.NOBODY, InstantSource.system())) {
            client.octavia().deleteLoadBalancer(loadBalancerId(name), true);
        }
        cloud.settle();
        edit(
                name,
                service -> service.editMetadata()
                        .addToAnnotations("example.com/looked-for", "true")
                        .endMetadata());
    }

    /** The Service's load balancer and floating IP become as the reference makes them: without a mark. */
    void asTheReferenceMadeIt(String name) {
        try (OpenStack client = OpenStack.open(
                config().global(), Duration.ofSeconds(10), Attempt.Observer.NOBODY, InstantSource.system())) {
            Octavia octavia = client.octavia();
            LoadBalancer made = octavia.loadBalancer(loadBalancerId(name)).orElseThrow();
            String mark = Incarnation.CLUSTER.mark();
            octavia.updateLoadBalancer(
                    made.id(),
                    new Changes(List.of(
                            new Change(
                                    "tags",
                                    made.tags(),
                                    made.tags().stream()
                                            .filter(tag -> !tag.equals(mark))
                                            .toList()),
                            new Change("description", made.description(), unmarked(made.description())))));
            for (FloatingIp floatingIp : client.neutron().floatingIpsOn(String.valueOf(made.vipPortId()))) {
                client.neutron().detachFloatingIp(floatingIp.id(), unmarked(floatingIp.description()));
                client.neutron().bindFloatingIp(floatingIp.id(), String.valueOf(made.vipPortId()));
            }
        }
        cloud.settle();
    }

    private static String unmarked(@Nullable String description) {
        return String.valueOf(description).replace(" " + Incarnation.CLUSTER.mark(), "");
    }

    @Override
    public void close() {
        controllers.close();
        front.close();
        kubernetes.close();
    }
}
