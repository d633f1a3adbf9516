package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Others are told of what makes a difference to them, once, and of nothing else. */
class SharedChangesTest {
    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final LoadBalancerWatch watch = new LoadBalancerWatch(cloud.octavia(), _ -> {}, Duration.ofMillis(1));
    private final CloudReconciliation reconciliation = new CloudReconciliation(
            CONFIG,
            CLUSTER,
            cloud.octavia(),
            cloud.neutron(),
            watch,
            InstantSource.system(),
            (loadBalancerId, besides) -> told.add(loadBalancerId + " besides " + besides));
    private Service web = new ServiceBuilder().build();
    private Service mail = web;
    private String id = "";

    @BeforeEach
    void share() {
        web = settled(web, NODES);
        id = cloud.octavia().loadBalancers().getFirst().id();
        told.clear();
        mail = settled(mail().build(), NODES);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private ServiceBuilder mail(ServicePort... more) {
        return new ServiceBuilder()
                .named("default", "mail")
                .uid("1c5e0f52-0000-4000-8000-000000000025")
                .ports(more.length == 0 ? List.of(new ServicePort("smtp", "TCP", 25, 30025)) : List.of(more))
                .annotation("load-balancer-id", id);
    }

    private Outcome ended(Supplier<Outcome> pass) {
        return await().pollInSameThread()
                .until(
                        () -> {
                            Outcome outcome = pass.get();
                            cloud.octavia().settle();
                            return outcome;
                        },
                        outcome -> !(outcome instanceof Outcome.Waiting));
    }

    private Service settled(Service service, List<Node> nodes) {
        return cloud.recorded(service, (Outcome.Converged) ended(() -> reconciliation.ensure(service, nodes)));
    }

    @Test
    void whoJoinsTellsNobody() {
        assertThat(told).isEmpty();
    }

    @Test
    void norDoesAPassThatChangesNothingOrMembersAlone() {
        settled(web, NODES);
        settled(mail, NODES.subList(0, 1));
        assertThat(told).isEmpty();
        assertThat(cloud.mutations()).contains("PUT members");
    }

    @Test
    void whoLeavesTellsOnce() {
        assertThat(ended(() -> reconciliation.release(mail))).isEqualTo(new Outcome.Released());
        assertThat(told).containsExactly(id + " besides default/mail");
    }

    @Test
    void soDoesWhoGivesUpAPort() {
        settled(
                mail(new ServicePort("smtp", "TCP", 25, 30025), new ServicePort("smtps", "TCP", 465, 30465))
                        .build(),
                NODES);
        assertThat(told).isEmpty();
        settled(mail(new ServicePort("smtps", "TCP", 465, 30465)).build(), NODES);
        assertThat(told).containsExactly(id + " besides default/mail");
    }

    @Test
    void andWhoMovesElsewhere() {
        Service moved = new ServiceBuilder()
                .named("default", "mail")
                .uid(mail.uid())
                .ports(mail.ports())
                .statusIp(String.valueOf(mail.ingress().getFirst().ip()))
                .build();
        settled(moved, NODES);
        assertThat(told).contains(id + " besides default/mail");
    }

    /** A person deleted the floating IP. */
    @Test
    void theOwnerTellsOfAnotherAddress() {
        cloud.neutron()
                .deleteFloatingIp(cloud.neutron().floatingIps().getFirst().id());
        Service again = settled(web, NODES);
        assertThat(again.ingress()).isNotEqualTo(web.ingress());
        assertThat(told).containsExactly(id + " besides default/web");
    }
}
