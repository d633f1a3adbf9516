package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.octavialb.config.ServiceOptions;
import io.octavialb.embedded.kubernetes.ApiRequest;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Ingress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Service from its creation to its deletion. */
class ServiceLifeTest {
    @SuppressWarnings("NullAway.Init")
    KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init")
    private ScriptedReconciliation cloud;

    @BeforeEach
    void setUp() {
        cluster = new Cluster();
        client = cluster.user();
        cloud = cluster.reconciliation;
    }

    @AfterEach
    void tearDown() {
        cluster.close();
    }

    private Service served(String name) {
        cluster.create(Cluster.loadBalancer(name));
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        return cluster.get(name);
    }

    /** An edit that starts a pass; everything that was going to start one before it has done so by then. */
    private void touchAndAwaitPass(String name) {
        int before = cloud.ensured.size();
        annotate(name, "loadbalancer.openstack.org/connection-limit", Integer.toString(1000 + before));
        await().until(() -> cloud.ensured.stream()
                .anyMatch(service -> service.annotations().containsValue(Integer.toString(1000 + before))));
    }

    private void annotate(String name, String key, String value) {
        cluster.edit(name, service -> service.getMetadata().getAnnotations().put(key, value));
    }

    @Test
    void createdServiceIsServedInOnePassPlusOnePerWake() {
        cloud.onEnsure = (_, _) ->
                cloud.ensured.size() == 1 ? ScriptedReconciliation.waiting() : ScriptedReconciliation.converged(true);
        KubernetesController controller = cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> cloud.ensured.size() == 1);
        controller.wake(Cluster.key("web"));
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        var service = Conversion.service(cluster.get("web"));
        assertThat(Responsibility.hasFinalizer(service)).isTrue();
        assertThat(service.annotations().get(ServiceOptions.LOAD_BALANCER_ID_KEY))
                .isEqualTo(ScriptedReconciliation.ID);
        assertThat(service.annotations().get(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY))
                .isEqualTo(ScriptedReconciliation.ADDRESS);
        assertThat(service.ingress().getFirst().ip()).isEqualTo(ScriptedReconciliation.ADDRESS);
        assertThat(cluster.reasons()).containsExactly("EnsuringLoadBalancer", "EnsuredLoadBalancer");
        assertThat(Responsibility.hasFinalizer(cloud.ensured.getFirst()))
                .as("the finalizer is there before the first cloud call")
                .isTrue();
        assertThat(cloud.ensured.get(1).annotations().get(ServiceOptions.LOAD_BALANCER_ID_KEY))
                .as("a pass sees what the pass before it wrote")
                .isEqualTo(ScriptedReconciliation.ID);
        touchAndAwaitPass("web");
        assertThat(cloud.ensured).as("no pass because of our own writes").hasSize(3);
    }

    @Test
    void requestsAreWhatARealApiServerWants() {
        cluster.start();
        served("web");
        List<ApiRequest> patches = cluster.requests("PATCH", "/services/web");
        assertThat(patches)
                .extracting(ApiRequest::path)
                .containsExactly(
                        "/api/v1/namespaces/default/services/web?fieldManager=octavia-lb-controller",
                        "/api/v1/namespaces/default/services/web?fieldManager=octavia-lb-controller",
                        "/api/v1/namespaces/default/services/web/status?fieldManager=octavia-lb-controller");
        assertThat(patches)
                .extracting(request -> request.contentType())
                .map(type -> type.replaceFirst(";.*", ""))
                .containsExactly(
                        "application/json-patch+json",
                        "application/merge-patch+json",
                        "application/strategic-merge-patch+json");
        assertThat(cluster.patches.get(0))
                .contains("\"path\":\"/metadata/resourceVersion\"", "\"op\":\"replace\"", "/metadata/finalizers");
        assertThat(cluster.patches.get(1))
                .contains("\"uid\":\"" + cluster.get("web").getMetadata().getUid() + "\"")
                .contains("\"loadbalancer.openstack.org/load-balancer-id\":\"" + ScriptedReconciliation.ID + "\"")
                .contains("\"loadbalancer.openstack.org/load-balancer-address\":\"203.0.113.7\"");
        assertThat(cluster.patches.get(2))
                .contains("\"status\":{\"conditions\":[{\"type\":\"LoadBalancerReady\",\"status\":\"True\"")
                .contains("\"loadBalancer\":{\"ingress\":[{\"ip\":\"203.0.113.7\",\"ipMode\":\"VIP\"}]}}");
        assertThat(cluster.requests("GET", "/services/web?")).isEmpty();
        assertThat(cluster.requests("PUT", "/")).isEmpty();
        assertThat(cluster.requests("GET", "watch=true"))
                .allSatisfy(request -> assertThat(request.path()).contains("allowWatchBookmarks=true"));
    }

    @Test
    void eventsAreTheServiceControllers() {
        cluster.start();
        Service service = served("web");
        Event event = cluster.events().getFirst();
        assertThat(event.getSource().getComponent()).isEqualTo("service-controller");
        assertThat(event.getType()).isEqualTo("Normal");
        assertThat(event.getCount()).isEqualTo(1);
        assertThat(event.getFirstTimestamp()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(event.getInvolvedObject().getUid())
                .isEqualTo(service.getMetadata().getUid());
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("Service");
    }

    @Test
    void deletedServiceIsReleasedThenLetGo() {
        cluster.start();
        served("web");
        client.services().inNamespace(Cluster.NAMESPACE).withName("web").delete();
        await().until(() ->
                client.services().inNamespace(Cluster.NAMESPACE).withName("web").get() == null);
        await().until(() -> cluster.reasons().contains("DeletedLoadBalancer"));
        assertThat(cloud.released).hasSize(1);
        assertThat(cluster.reasons()).contains("DeletingLoadBalancer");
    }

    @Test
    void serviceThatIsNoLoadBalancerAnyMoreIsReleasedAndCleaned() {
        cluster.start();
        served("web");
        cluster.edit("web", service -> {
            service.getMetadata().getFinalizers().addFirst("example.com/theirs");
            service.getSpec().setType("ClusterIP");
        });
        await().until(() -> cluster.reasons().contains("DeletedLoadBalancer"));
        Service service = cluster.get("web");
        assertThat(service.getMetadata().getFinalizers()).containsExactly("example.com/theirs");
        assertThat(service.getMetadata().getAnnotations())
                .doesNotContainKeys(ServiceOptions.LOAD_BALANCER_ID_KEY, ServiceOptions.LOAD_BALANCER_ADDRESS_KEY);
        assertThat(Conversion.service(service).ingress()).isEmpty();
        assertThat(cloud.released).hasSize(1);
    }

    @Test
    void otherClassesAndTypesAreLeftAlone() {
        cluster.start();
        cluster.create(Cluster.loadBalancer("theirs")
                .editSpec()
                .withLoadBalancerClass("example.com/lb")
                .endSpec());
        cluster.create(
                Cluster.loadBalancer("plain").editSpec().withType("ClusterIP").endSpec());
        served("web");
        assertThat(cloud.ensured).extracting(service -> service.key().name()).containsOnly("web");
        assertThat(cloud.released).isEmpty();
        assertThat(cluster.get("theirs").getMetadata().getFinalizers()).isEmpty();
    }

    private Resource<Service> service(String name) {
        return client.services().inNamespace(Cluster.NAMESPACE).withName(name);
    }

    private static void writeAs(String manager, EditReplacePatchable<Service> service, String mergePatch) {
        service.patch(
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager(manager)
                        .build(),
                mergePatch);
    }

    @Test
    void instanceForAClassLeavesAloneWhatAnInstanceForAnotherServes() {
        cluster.create(Cluster.loadBalancer("theirs"));
        writeAs(
                "octavia-lb-controller",
                service("theirs"),
                "{\"metadata\":{\"finalizers\":[\"" + Responsibility.FINALIZER + "\"]}}");
        ControllerSettings settings = Cluster.settings();
        cluster.start(new ControllerSettings(
                "example.com/lb",
                10,
                settings.driftPeriod(),
                settings.retryFirst(),
                settings.retryLongest(),
                settings.nodesQuiet(),
                settings.nodesLongest(),
                false,
                settings.lease()));
        cluster.create(Cluster.loadBalancer("web")
                .editSpec()
                .withLoadBalancerClass("example.com/lb")
                .endSpec());
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        assertThat(cloud.ensured).extracting(service -> service.key().name()).containsOnly("web");
        assertThat(cloud.released).isEmpty();
        assertThat(cluster.get("theirs").getMetadata().getFinalizers()).containsExactly(Responsibility.FINALIZER);
        assertThat(cluster.requests("PATCH", "/services/web").getFirst().path())
                .endsWith("?fieldManager=octavia-lb-controller-example.com/lb");
    }

    @Test
    void rejectedServiceIsToldOncePerChangeAndNotRetried() {
        Notice notice = new Notice("SyncLoadBalancerFailed", "annotation x \"y\": choose z");
        cloud.onEnsure = (_, _) -> new Outcome.Rejected(List.of(notice));
        KubernetesController controller = cluster.start();
        cluster.create(Cluster.loadBalancer("web")
                .editMetadata()
                .withAnnotations(Map.of("a", "b"))
                .endMetadata());
        await().until(() -> cluster.reasons().contains("SyncLoadBalancerFailed"));
        controller.wake(Cluster.key("web"));
        await().until(() -> cloud.ensured.size() == 2);
        assertThat(warning("SyncLoadBalancerFailed").getCount()).isEqualTo(1);
        touchAndAwaitPass("web");
        await().until(() -> warning("SyncLoadBalancerFailed").getCount() == 2);
        assertThat(cloud.ensured).hasSize(3);
    }

    @Test
    void eachProblemIsOneEventWhateverTheDriftPasses() {
        Notice first = new Notice("SyncLoadBalancerFailed", "annotation x \"y\": choose z");
        Notice second = new Notice("SyncLoadBalancerFailed", "annotation x \"yy\": choose z");
        cloud.onEnsure = (_, _) -> new Outcome.Rejected(List.of(first));
        cluster.start(Cluster.drifting(Duration.ofMillis(50)));
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> cloud.ensured.size() >= 5);
        assertThat(counts()).containsExactly(entry(first.message(), 1));
        cloud.onEnsure = (_, _) -> new Outcome.Rejected(List.of(first, second));
        await().until(() -> counts().containsKey(second.message()));
        cloud.onEnsure = (_, _) -> new Outcome.Failed("octavia says 503", new IllegalStateException());
        await().until(() -> counts().containsKey("Error syncing load balancer: octavia says 503"));
        cloud.onEnsure = (_, _) -> new Outcome.Rejected(List.of(second));
        int passes = cloud.ensured.size();
        await().until(() -> cloud.ensured.size() >= passes + 5);
        assertThat(counts()).containsEntry(first.message(), 1).containsEntry(second.message(), 1);
        cloud.onEnsure = (_, _) -> new Outcome.Rejected(List.of(first));
        await().until(() -> counts().entrySet().contains(entry(first.message(), 2)));
    }

    /** As on a load balancer that another Service changes: it is PENDING, and no more is known then. */
    @Test
    void aPassThatCameToKnowNothingLeavesWhatWasSaid() {
        Notice notice = new Notice("LoadBalancerSettingKept", "annotation x \"y\": kept");
        Outcome.Identity identity =
                new Outcome.Identity(ScriptedReconciliation.ID, true, ScriptedReconciliation.ADDRESS);
        Outcome converged = new Outcome.Converged(
                identity, List.of(new Ingress(ScriptedReconciliation.ADDRESS, null, "VIP")), false, List.of(notice));
        Outcome waiting = new Outcome.Waiting(identity, "load balancer is PENDING_UPDATE");
        cloud.onEnsure = (_, _) -> cloud.ensured.size() % 2 == 0 ? waiting : converged;
        KubernetesController controller = cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        for (int passes = 1; passes <= 5; passes++) {
            int made = passes;
            await().until(() -> cloud.ensured.size() == made);
            controller.wake(Cluster.key("web"));
        }
        await().until(() -> counts().containsKey(notice.message()));
        await().until(() -> cloud.ensured.size() == 6);
        assertThat(counts()).containsExactly(entry(notice.message(), 1));
    }

    /** How often each Warning was given; fails if two events say the same. */
    private Map<String, Integer> counts() {
        return cluster.events().stream()
                .filter(event -> event.getType().equals("Warning"))
                .collect(Collectors.toMap(Event::getMessage, Event::getCount));
    }

    @Test
    void eventsAreCountedOnAcrossRestarts() {
        Notice notice = new Notice("SyncLoadBalancerFailed", "annotation x \"y\": choose z");
        cloud.onEnsure = (_, _) -> new Outcome.Rejected(List.of(notice));
        cluster.create(Cluster.loadBalancer("web"));
        KubernetesController before = cluster.start();
        await().until(() -> counts().containsKey(notice.message()));
        client.resource(warning(notice.reason())).edit(event -> {
            event.setCount(7);
            return event;
        });
        before.close();
        cluster.start();
        await().until(() -> cloud.ensured.size() == 2);
        await().until(() -> counts().containsValue(8));
        assertThat(cluster.requests("GET", "/events/"))
                .as("no right to read events")
                .isEmpty();
    }

    @Test
    void serviceThatIsAnotherWhenItGetsItsFinalizerIsJudgedAgain() {
        AtomicBoolean changed = onFirstPatch(service -> service.getSpec().setType("ClusterIP"));
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().untilTrue(changed);
        served("other");
        assertThat(cloud.ensured).extracting(service -> service.key().name()).containsOnly("other");
        assertThat(cloud.released).isEmpty();
        assertThat(cluster.get("web").getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void changeThatMattersNotDoesNotDelayTheFinalizer() {
        AtomicBoolean changed =
                onFirstPatch(service -> service.getMetadata().getLabels().put("a", "b"));
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        assertThat(changed).isTrue();
        assertThat(cloud.ensured).hasSize(1);
        assertThat(cluster.reasons()).containsExactly("EnsuringLoadBalancer", "EnsuredLoadBalancer");
    }

    /** Somebody else changes the Service just before our first write to it. */
    private AtomicBoolean onFirstPatch(Consumer<Service> change) {
        AtomicBoolean changed = new AtomicBoolean();
        cluster.sending = request -> {
            if (request.method().equals("PATCH") && changed.compareAndSet(false, true)) {
                client.services().inNamespace(Cluster.NAMESPACE).withName("web").edit(service -> {
                    change.accept(service);
                    return service;
                });
            }
        };
        return changed;
    }

    private Event warning(String reason) {
        return cluster.events().stream()
                .filter(event -> event.getReason().equals(reason))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void failedServiceIsRetriedAndItsEventCounts() {
        cloud.onEnsure = (_, _) -> cloud.ensured.size() < 4
                ? new Outcome.Failed("octavia says 503 (req-1)", new IllegalStateException())
                : ScriptedReconciliation.converged(true);
        cluster.start();
        served("web");
        assertThat(cloud.ensured).hasSize(4);
        Event event = warning("SyncLoadBalancerFailed");
        assertThat(event.getCount()).isEqualTo(3);
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getMessage()).isEqualTo("Error syncing load balancer: octavia says 503 (req-1)");
        assertThat(cluster.requests("PATCH", "/events/"))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.contentType()).startsWith("application/merge-patch+json"));
        assertThat(cluster.patches.stream().filter(patch -> patch.contains("/events/")))
                .allSatisfy(patch -> assertThat(patch).matches("[^ ]+ \\{\"count\":\\d,\"lastTimestamp\":\"[^\"]+\"}"));
    }

    @Test
    void whatSomebodyElseWritesToOurPartsStartsAPass() {
        cluster.start();
        served("web");
        annotate("web", ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, "198.51.100.1");
        await().until(() -> cloud.ensured.size() == 2);
        await().until(() -> ScriptedReconciliation.ADDRESS.equals(
                cluster.get("web").getMetadata().getAnnotations().get(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY)));
    }

    @Test
    void serviceThatAnotherControllerWritesToIsLeftAloneUntilItIsQuiet() {
        cluster.start(Cluster.drifting(Duration.ofSeconds(2)));
        Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        await().until(() -> Instant.now().isAfter(next)); // managedFields know seconds only
        cluster.create(
                Cluster.loadBalancer("web").editSpec().withType("ClusterIP").endSpec());
        Resource<Service> web = service("web");
        writeAs(
                "openstack-cloud-controller-manager",
                web.subresource("status"),
                "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"198.51.100.1\"}]}}}");
        Instant quietAt = Instant.parse(web.require().getMetadata().getManagedFields().stream()
                        .filter(entry -> entry.getManager().equals("openstack-cloud-controller-manager"))
                        .findFirst()
                        .orElseThrow()
                        .getTime())
                .plusSeconds(2);
        web.edit(service -> {
            service.getSpec().setType("LoadBalancer");
            return service;
        });
        await().until(() -> cluster.reasons().contains("AnotherServiceController"));
        assertThat(cloud.ensured).isEmpty();
        assertThat(cluster.patches).noneMatch(patch -> patch.contains("/services/"));
        assertThat(warning("AnotherServiceController").getMessage())
                .contains("openstack-cloud-controller-manager", "--controllers=*,-service-lb-controller");
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        assertThat(Instant.now()).isAfterOrEqualTo(quietAt);
        assertThat(warning("AnotherServiceController").getCount()).isEqualTo(1);
    }

    @Test
    void changeDuringAPassIsNotLost() {
        CountDownLatch inPass = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        cloud.onEnsure = (_, _) -> {
            inPass.countDown();
            try {
                changed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return ScriptedReconciliation.converged(true);
        };
        cluster.start();
        cluster.create(Cluster.loadBalancer("web")
                .editMetadata()
                .withAnnotations(Map.of("a", "b"))
                .endMetadata());
        await().until(() -> inPass.getCount() == 0);
        annotate("web", "loadbalancer.openstack.org/connection-limit", "77");
        changed.countDown();
        await().until(() ->
                cloud.ensured.stream().anyMatch(service -> service.annotations().containsValue("77")));
    }

    @Test
    void noMorePassesSideBySideThanAllowed() {
        CountDownLatch three = new CountDownLatch(3);
        cloud.onEnsure = (_, _) -> {
            three.countDown();
            try {
                three.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return ScriptedReconciliation.converged(true);
        };
        IntStream.range(0, 12).forEach(i -> cluster.create(Cluster.loadBalancer("web-" + i)));
        ControllerSettings settings = Cluster.settings();
        cluster.start(new ControllerSettings(
                null,
                3,
                settings.driftPeriod(),
                settings.retryFirst(),
                settings.retryLongest(),
                settings.nodesQuiet(),
                settings.nodesLongest(),
                false,
                settings.lease()));
        await().until(() -> cloud.ensured.size() == 12);
        assertThat(cloud.mostRunning).hasValue(3);
    }

    private String condition(String name) {
        return cluster.get(name).getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("LoadBalancerReady"))
                .map(condition -> condition.getStatus() + " " + condition.getReason() + ": " + condition.getMessage())
                .collect(Collectors.joining());
    }

    @Test
    void conditionFollowsTheOutcomesStartsNoPassAndGoesWithTheRelease() {
        cloud.onEnsure = (_, _) -> ScriptedReconciliation.waiting();
        KubernetesController controller = cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> condition("web").equals("False Pending: load balancer is PENDING_CREATE"));
        Notice notice = new Notice("SyncLoadBalancerFailed", "annotation x \"y\": choose z");
        cloud.onEnsure = (_, _) -> new Outcome.Rejected(List.of(notice));
        controller.wake(Cluster.key("web"));
        await().until(() -> condition("web").equals("False SyncLoadBalancerFailed: annotation x \"y\": choose z"));
        cloud.onEnsure = (_, _) -> ScriptedReconciliation.converged(true);
        controller.wake(Cluster.key("web"));
        await().until(() -> condition("web").startsWith("True Ensured: "));
        touchAndAwaitPass("web");
        assertThat(cloud.ensured).as("no pass because of our own writes").hasSize(4);
        cluster.edit("web", service -> service.getSpec().setType("ClusterIP"));
        await().until(() -> !Responsibility.hasFinalizer(Conversion.service(cluster.get("web"))));
        assertThat(condition("web")).isEmpty();
    }

    private static Outcome partial(boolean retryable) {
        return new Outcome.Partial(
                new Outcome.Identity(ScriptedReconciliation.ID, true, ScriptedReconciliation.ADDRESS),
                List.of(new Ingress(ScriptedReconciliation.ADDRESS, null, "VIP")),
                true,
                List.of(
                        new Outcome.Failure(
                                new ListenerKey("TCP", 80),
                                new Notice("SyncLoadBalancerFailed", "port TCP/80: refused"),
                                retryable),
                        new Outcome.Failure(
                                new ListenerKey("TCP", 81),
                                new Notice("SyncLoadBalancerFailed", "port TCP/81: refused"),
                                false)),
                List.of());
    }

    @Test
    void partlyEnsuredServiceHasItsAddressOneWarningPerPortAndNoRetry() {
        cloud.onEnsure = (_, _) -> partial(false);
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> condition("web").equals("False PartlyEnsured: port TCP/80: refused; port TCP/81: refused"));
        await().until(() -> counts().size() == 2);
        var service = Conversion.service(cluster.get("web"));
        assertThat(service.ingress().getFirst().ip()).isEqualTo(ScriptedReconciliation.ADDRESS);
        assertThat(service.annotations()).containsEntry(ServiceOptions.LOAD_BALANCER_ID_KEY, ScriptedReconciliation.ID);
        assertThat(counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of("port TCP/80: refused", 1, "port TCP/81: refused", 1));
        touchAndAwaitPass("web");
        assertThat(cloud.ensured).as("no retry").hasSize(2);
        assertThat(cluster.reasons()).doesNotContain("EnsuredLoadBalancer");
    }

    @Test
    void partlyEnsuredServiceIsRetriedWhereThatCanHelpAndToldOnce() {
        cloud.onEnsure = (_, _) -> cloud.ensured.size() < 4 ? partial(true) : ScriptedReconciliation.converged(true);
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> condition("web").startsWith("True Ensured"));
        assertThat(cloud.ensured).hasSize(4);
        assertThat(counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of("port TCP/80: refused", 1, "port TCP/81: refused", 1));
    }
}
