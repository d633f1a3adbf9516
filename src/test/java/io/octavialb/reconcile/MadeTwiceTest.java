package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.build.EventReasons;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A creation whose answer was lost, and that was not to be seen when the next controller looked. */
class MadeTwiceTest {
    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private Service web;
    private LoadBalancer first;

    @BeforeEach
    void serve() {
        Service asked = new ServiceBuilder().build();
        Outcome outcome = cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), asked, NODES);
        web = cloud.recorded(asked, (Outcome.Converged) outcome);
        first = cloud.octavia().loadBalancers().getFirst();
        cloud.countFromHere();
    }

    private void another(String status, String description, String... tags) {
        LoadBalancer twin = new LoadBalancer(
                "lb-twin",
                first.name(),
                description,
                status,
                "ONLINE",
                "amphora",
                "10.6.0.77",
                "vip-lb-twin",
                "sub-private",
                null,
                List.of(),
                null,
                null,
                List.of(tags),
                null);
        cloud.octavia().put(new LoadBalancerTree(twin, List.of(), List.of()));
    }

    private String describedFirst() {
        return String.valueOf(first.description());
    }

    private Outcome pass() {
        return cloud.reconciliation(CONFIG, CLUSTER).ensure(web, NODES);
    }

    private List<String> ids() {
        cloud.octavia().settle();
        return cloud.octavia().loadBalancers().stream().map(LoadBalancer::id).toList();
    }

    @Test
    void theOneThatServesNobodyIsDeletedAndTold() {
        another("ACTIVE", describedFirst());
        assertThat(pass()).isInstanceOfSatisfying(Outcome.Waiting.class, waiting -> {
            assertThat(waiting.identity()).isEqualTo(new Outcome.Identity(first.id(), true, null));
            assertThat(waiting.knownNotices())
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.reason()).isEqualTo(EventReasons.MADE_TWICE));
        });
        assertThat(ids()).containsExactly(first.id());
        assertThat(pass()).isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void oneThatIsStillMadeIsLeftForALaterPass() {
        another("PENDING_CREATE", describedFirst());
        assertThat(pass()).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void oneThatAFloatingIpLeadsToStays() {
        another("ACTIVE", describedFirst());
        cloud.neutron().createFloatingIp("net-public", null, null, "vip-lb-twin", "Bob's");
        assertThat(pass()).isInstanceOf(Outcome.Converged.class);
        assertThat(ids()).contains("lb-twin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube_service_kubernetes_default_mail", "kube_service_prod_default_web"})
    void oneThatAnotherServiceIsOnStays(String other) {
        another("ACTIVE", describedFirst(), first.name(), other);
        assertThat(pass()).isInstanceOf(Outcome.Converged.class);
        assertThat(ids()).contains("lb-twin");
    }

    @Test
    void oneOfAnotherClusterOfTheSameNameStays() {
        another("ACTIVE", describedFirst().replaceFirst("octavia-lb:cluster=.*", "octavia-lb:cluster=x"));
        assertThat(pass()).isInstanceOf(Outcome.Converged.class);
        assertThat(ids()).contains("lb-twin");
    }

    /** Names are cut at 255 characters. */
    @Test
    void oneOfAServiceWhoseNameIsCutTheSameStays() {
        another("ACTIVE", describedFirst().replace("default/web", "default/website"));
        assertThat(pass()).isInstanceOf(Outcome.Converged.class);
        assertThat(ids()).contains("lb-twin");
    }

    @Test
    void ofTwoThatTheServiceNamesNeitherNoneIsDeleted() {
        another("ACTIVE", describedFirst());
        web = new ServiceBuilder().build();
        assertThat(pass()).isInstanceOf(Outcome.Rejected.class);
        assertThat(cloud.mutations()).isEmpty();
    }
}
