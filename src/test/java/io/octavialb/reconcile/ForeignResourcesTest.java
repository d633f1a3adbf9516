package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Pool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What another cluster, of any name, or a person made is left as it is. */
class ForeignResourcesTest {
    private static final Service WEB = new ServiceBuilder().build();
    private static final String PROD_NAME = "kube_service_prod_default_web";

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));

    private Outcome converge(Service service) {
        return cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES);
    }

    private Outcome release(Service service) {
        return cloud.release(cloud.reconciliation(CONFIG, CLUSTER), service);
    }

    private static ServiceBuilder on(String loadBalancer) {
        return new ServiceBuilder().annotation("load-balancer-id", loadBalancer);
    }

    /** A load balancer on which the reference, in a cluster "prod", serves its Service default/web at port 443. */
    private void serveProd(String loadBalancerName) {
        LoadBalancer loadBalancer = new LoadBalancer(
                "lb-shared",
                loadBalancerName,
                "",
                "ACTIVE",
                "ONLINE",
                "amphora",
                "10.6.0.50",
                "vip-shared",
                "sub-private",
                null,
                List.of(),
                null,
                null,
                List.of(PROD_NAME),
                null);
        Listener listener = new Listener(
                "listener-prod",
                "listener_0_" + PROD_NAME,
                "",
                "ACTIVE",
                "TCP",
                443,
                -1,
                50000,
                5000,
                50000,
                0,
                List.of("0.0.0.0/0"),
                Map.of(),
                null,
                "pool-prod",
                List.of(PROD_NAME));
        Pool pool = new Pool(
                "pool-prod", "pool_0_" + PROD_NAME, "ACTIVE", "TCP", "ROUND_ROBIN", null, null, List.of(), List.of());
        Member member = new Member("member-prod", "prod", "10.9.9.9", 30443, 1, false, true, "sub-private", null, null);
        cloud.octavia()
                .put(new LoadBalancerTree(
                        loadBalancer, List.of(listener), List.of(new PoolTree(pool, List.of(member), null))));
        cloud.neutron()
                .put(new FloatingIp(
                        "fip-prod",
                        "net-public",
                        "203.0.113.66",
                        "vip-shared",
                        "Floating IP for Kubernetes external service default/web from cluster prod"));
    }

    private void assertProdIsServed() {
        assertThat(cloud.octavia().listeners("lb-shared"))
                .filteredOn(listener -> listener.id().equals("listener-prod"))
                .singleElement()
                .satisfies(listener -> {
                    assertThat(listener.tags()).containsExactly(PROD_NAME);
                    assertThat(listener.defaultPoolId()).isEqualTo("pool-prod");
                });
        assertThat(cloud.octavia().members("pool-prod"))
                .singleElement()
                .satisfies(member -> assertThat(member.name()).isEqualTo("prod"));
        assertThat(cloud.octavia().loadBalancers())
                .singleElement()
                .satisfies(loadBalancer -> assertThat(loadBalancer.tags()).contains(PROD_NAME));
        assertThat(cloud.neutron().floatingIps())
                .singleElement()
                .satisfies(floatingIp -> assertThat(floatingIp.portId()).isEqualTo("vip-shared"));
    }

    @Test
    void sameNamedServiceOfAnotherClusterKeepsItsListenerOnAPersonsLoadBalancer() {
        serveProd("teamlb");
        Service web = on("lb-shared").build();
        assertThat(converge(web)).isInstanceOf(Outcome.Converged.class);
        assertThat(converge(web)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().listeners("lb-shared")).hasSize(2);
        assertProdIsServed();
        assertThat(release(web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().listeners("lb-shared")).hasSize(1);
        assertProdIsServed();
        assertThat(cloud.octavia().loadBalancers().getFirst().tags()).containsExactly(PROD_NAME);
    }

    @Test
    void manifestCopiedFromAnotherClusterOnlyAttaches() {
        serveProd(PROD_NAME);
        Service web = on("lb-shared").build();
        assertThat(converge(web)).isInstanceOf(Outcome.Converged.class);
        assertThat(converge(web)).isInstanceOf(Outcome.Converged.class);
        assertProdIsServed();
        assertThat(cloud.octavia().loadBalancers().getFirst().tags()).doesNotContain(CLUSTER.mark());
        assertThat(release(web)).isEqualTo(new Outcome.Released());
        assertProdIsServed();
    }

    @Test
    void manifestCopiedFromAnotherClusterAndDeletedAtOnceChangesNothing() {
        serveProd(PROD_NAME);
        assertThat(release(on("lb-shared").build())).isEqualTo(new Outcome.Released());
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void renamedClusterReplacesItsTags() {
        ClusterIdentity old = new ClusterIdentity("old", CLUSTER.id());
        Outcome before = cloud.converge(cloud.reconciliation(CONFIG, old), WEB, NODES);
        Service web = cloud.recorded(WEB, (Outcome.Converged) before);
        assertThat(converge(web)).isInstanceOf(Outcome.Converged.class);
        LoadBalancer loadBalancer = cloud.octavia().loadBalancers().getFirst();
        assertThat(loadBalancer.tags())
                .containsExactlyInAnyOrder("kube_service_kubernetes_default_web", CLUSTER.mark(), CLUSTER.nameMark());
        assertThat(cloud.octavia().listeners(loadBalancer.id()))
                .singleElement()
                .satisfies(
                        listener -> assertThat(listener.tags()).containsExactly("kube_service_kubernetes_default_web"));
        assertThat(release(web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @Test
    void poolMadeByHandIsNotEmptied() {
        assertThat(converge(WEB)).isInstanceOf(Outcome.Converged.class);
        String loadBalancer = cloud.octavia().loadBalancers().getFirst().id();
        Listener listener = cloud.octavia().listeners(loadBalancer).getFirst();
        Pool mine = cloud.octavia()
                .createPool(loadBalancer, new DesiredPool("mine", "TCP", "ROUND_ROBIN", null, List.of(), null, null));
        cloud.octavia().settle();
        cloud.octavia().createMember(mine.id(), DesiredMember.serving("mine", "10.6.0.99", 9, null, null));
        cloud.octavia().settle();
        cloud.octavia()
                .updateListener(
                        listener.id(),
                        new Changes(List.of(new Change("default_pool_id", listener.defaultPoolId(), mine.id()))));
        cloud.octavia().settle();
        assertThat(converge(WEB)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().members(mine.id())).extracting(Member::name).containsExactly("mine");
        assertThat(cloud.octavia().listeners(loadBalancer))
                .extracting(Listener::defaultPoolId)
                .containsExactly(listener.defaultPoolId());
    }
}
