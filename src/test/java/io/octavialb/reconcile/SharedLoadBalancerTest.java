package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services on one load balancer: who gives it an address, who may join, and who turns off the light. */
class SharedLoadBalancerTest {
    private static final Service WEB = new ServiceBuilder().build();
    private static final String WEB_TAG = "kube_service_kubernetes_default_web";

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));

    private Service settled(Service service) {
        Outcome outcome = cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES);
        assertThat(outcome).isInstanceOf(Outcome.Converged.class);
        cloud.countFromHere();
        return cloud.recorded(service, (Outcome.Converged) outcome);
    }

    private void release(Service service) {
        assertThat(cloud.release(cloud.reconciliation(CONFIG, CLUSTER), service))
                .isEqualTo(new Outcome.Released());
    }

    private LoadBalancer loadBalancer() {
        return cloud.octavia().loadBalancers().getFirst();
    }

    private ServiceBuilder joining(String name, int port) {
        return new ServiceBuilder()
                .named("default", name)
                .ports(List.of(new ServicePort(name, "TCP", port, 30000 + port)))
                .annotation("load-balancer-id", loadBalancer().id());
    }

    private void makePersons(String... tags) {
        LoadBalancer persons = new LoadBalancer(
                "lb-bob",
                "bob",
                "",
                "ACTIVE",
                "ONLINE",
                "amphora",
                "10.6.0.50",
                "vip-bob",
                "sub-private",
                null,
                List.of(),
                null,
                null,
                List.of(tags),
                null);
        cloud.octavia().put(new LoadBalancerTree(persons, List.of(), List.of()));
    }

    private void assertNothingLeft() {
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 30})
    void lastServiceDeletesItThoughItWasMadeForOneThatLeftBefore(int minorVersion) {
        cloud.octavia().version(new OctaviaVersion(2, minorVersion));
        Service web = settled(WEB);
        Service mail = settled(joining("mail", 25).build());
        release(web);
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
        release(mail);
        assertNothingLeft();
    }

    /** The mark is put there by the Service it was made for, with the change that takes its tag away. */
    @Test
    void lastServiceDeletesAnAdoptedOne() {
        Service web = settled(WEB);
        Service mail = settled(joining("mail", 25).build());
        cloud.octavia()
                .updateLoadBalancer(
                        loadBalancer().id(),
                        new Changes(List.of(
                                new Change("tags", null, List.of(WEB_TAG, "kube_service_kubernetes_default_mail")))));
        cloud.octavia().settle();
        release(web);
        release(mail);
        assertNothingLeft();
    }

    @Test
    void unmarkedOneOfAnotherServiceIsNeverDeleted() {
        settled(WEB);
        cloud.octavia()
                .updateLoadBalancer(
                        loadBalancer().id(),
                        new Changes(List.of(
                                new Change("tags", null, List.of(WEB_TAG)),
                                new Change("description", null, "made by another program"))));
        cloud.octavia().settle();
        Service mail = settled(joining("mail", 25).build());
        assertThat(loadBalancer().tags()).doesNotContain(CLUSTER.mark());
        release(mail);
        assertThat(loadBalancer().tags()).containsExactly(WEB_TAG);
        assertThat(cloud.octavia().listeners(loadBalancer().id())).hasSize(1);
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
    }

    @Test
    void onlyItsOwnServiceGivesItAFloatingIp() {
        makePersons();
        Service mail = settled(joining("mail", 25).build());
        assertThat(cloud.neutron().floatingIps()).isEmpty();
        assertThat(mail.ingress())
                .singleElement()
                .satisfies(ingress -> assertThat(ingress.ip()).isEqualTo("10.6.0.50"));
        release(mail);
        assertThat(cloud.octavia().listeners("lb-bob")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void floatingIpThatWasMadeForTheServiceLeavesAPersonsLoadBalancerWithIt(boolean keep) {
        makePersons();
        cloud.neutron()
                .createFloatingIp(
                        "net-public",
                        null,
                        null,
                        "vip-bob",
                        "Floating IP for Kubernetes external service default/mail from cluster kubernetes "
                                + CLUSTER.mark());
        cloud.neutron().createFloatingIp("net-public", null, null, "vip-bob", "Bob's");
        Service mail = settled(joining("mail", 25)
                .annotation("keep-floatingip", String.valueOf(keep))
                .build());
        release(mail);
        assertThat(cloud.neutron().floatingIps()).hasSize(keep ? 2 : 1);
        assertThat(cloud.neutron().floatingIpsOn("vip-bob"))
                .singleElement()
                .satisfies(floatingIp -> assertThat(floatingIp.description()).isEqualTo("Bob's"));
    }

    @Test
    void personsLoadBalancerLosesTheMarkWithTheLastServiceOfTheCluster() {
        makePersons("team", "kube_service_prod_default_api");
        Service mail = settled(
                joining("mail", 25).annotation("load-balancer-tags", "ours").build());
        cloud.octavia()
                .updateLoadBalancer(
                        "lb-bob",
                        new Changes(List.of(new Change(
                                "tags",
                                null,
                                List.of(
                                        "team",
                                        "ours",
                                        CLUSTER.mark(),
                                        "kube_service_kubernetes_default_mail",
                                        "kube_service_prod_default_api",
                                        "kube_service_kubernetes_default_api")))));
        cloud.octavia().settle();
        release(mail);
        assertThat(loadBalancer().tags())
                .containsExactly(
                        "team",
                        "ours",
                        CLUSTER.mark(),
                        "kube_service_prod_default_api",
                        "kube_service_kubernetes_default_api");
        Service api = new ServiceBuilder()
                .named("default", "api")
                .annotation("load-balancer-id", "lb-bob")
                .annotation("load-balancer-tags", "ours")
                .build();
        release(api);
        assertThat(loadBalancer().tags()).containsExactly("team", "kube_service_prod_default_api");
    }

    @Test
    void thirdServiceIsRefused() {
        settled(WEB);
        settled(joining("mail", 25).build());
        Service third = joining("third", 26).build();
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), third, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .satisfies(notice -> assertThat(notice.message())
                                        .contains("load-balancer-id: \""
                                                + loadBalancer().id() + "\"")
                                        .contains("max-shared-lb in [LoadBalancer] is 2")));
        assertThat(cloud.mutations()).isEmpty();
    }

    /** A max-shared-lb that is lowered does not throw out who is there already. */
    @Test
    void whoIsThereStays() {
        settled(WEB);
        Service mail = settled(joining("mail", 25).build());
        CloudConfig one = Clusters.config("max-shared-lb = 1\n");
        assertThat(cloud.converge(cloud.reconciliation(one, CLUSTER), WEB, NODES))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.converge(cloud.reconciliation(one, CLUSTER), mail, NODES))
                .isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void internalServiceIsRefused() {
        settled(WEB);
        Service mail = joining("mail", 25).internal().build();
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), mail, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .satisfies(
                                        notice -> assertThat(notice.message()).contains("internal", WEB_TAG)));
        assertThat(cloud.mutations()).isEmpty();
    }
}
