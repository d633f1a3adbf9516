package io.octavialb.it;

import static io.octavialb.it.LabCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.adoption.AdoptionCase;
import io.octavialb.adoption.OccmShape;
import io.octavialb.adoption.OccmView;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.lab.CountingProxy;
import io.octavialb.lab.Lab;
import io.octavialb.lab.RecordedCalls;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import io.octavialb.reconcile.Preview;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference makes on a real Octavia is adopted unchanged, changed when asked, deleted, and could go back. */
@Tag(Lab.TAG)
class LabAdoptionTest {
    private final Lab lab = Lab.load();
    private final CountingProxy proxy = CountingProxy.inFrontOf(lab);
    private final RawCloud raw = new RawCloud(lab);
    private final String cluster = "adopt-" + UUID.randomUUID().toString().substring(0, 8);
    private final ClusterIdentity identity =
            new ClusterIdentity(cluster, UUID.randomUUID().toString());
    private final String uid = UUID.randomUUID().toString();
    private final OpenStack direct = open(config(lab.authUrl().toString(), IpFamily.IPv4));
    private final OpenStack counted = open(config(proxy.authUrl().toString(), IpFamily.IPv4));

    static Stream<AdoptionCase> cases() {
        return AdoptionCase.ofNewestAmphora();
    }

    @AfterEach
    void deleteWhatIsLeft() {
        for (String name : List.of(
                "kube_service_" + cluster + "_default_web",
                "kube_service_" + cluster + "-renamed_default_web",
                legacyName())) {
            direct.octavia().loadBalancersNamed(name).stream()
                    .filter(left -> !left.leaving())
                    .forEach(left -> {
                        direct.neutron()
                                .floatingIpsOn(Objects.requireNonNull(left.vipPortId()))
                                .forEach(floatingIp -> direct.neutron().deleteFloatingIp(floatingIp.id()));
                        awaitActive(left.id());
                        direct.octavia().deleteLoadBalancer(left.id(), true);
                    });
        }
        counted.close();
        direct.close();
        raw.close();
        proxy.close();
    }

    private String legacyName() {
        return ("a" + uid.replace("-", "")).substring(0, 32);
    }

    private CloudConfig config(String authUrl, IpFamily family) {
        Lab.ApplicationCredential credential = lab.applicationCredential();
        String text = "[Global]\nauth-url = " + authUrl + "\nregion = " + lab.region()
                + "\napplication-credential-id = " + credential.id() + "\napplication-credential-secret = "
                + credential.secret() + "\n[LoadBalancer]\nsubnet-id = " + subnet(family)
                + "\nfloating-network-id = " + lab.network("public") + "\n";
        CloudConfigResult result = CloudConfig.parse("cloud.conf", text, path -> {
            throw new IllegalStateException("no clouds.yaml here");
        });
        if (result instanceof CloudConfigResult.Valid valid) {
            return valid.config();
        }
        throw new IllegalStateException(result.toString());
    }

    private String subnet(IpFamily family) {
        return lab.subnet(family == IpFamily.IPv6 ? "private-subnet-v6" : "private-subnet");
    }

    private static OpenStack open(CloudConfig config) {
        return OpenStack.open(
                config.global(), config.metadata().requestTimeout(), Attempt.Observer.NOBODY, InstantSource.system());
    }

    private static List<Node> nodes() {
        return IntStream.of(1, 2)
                .mapToObj(number -> new Node(
                        "node-" + number,
                        Map.of(),
                        Set.of(),
                        false,
                        "openstack:///00000000-0000-4000-8000-00000000000" + number,
                        List.of(
                                new Node.Address("InternalIP", "10.6.0.1" + number),
                                new Node.Address("InternalIP", "fd00:6::1" + number))))
                .toList();
    }

    /** What the reference leaves: the load balancer, and what it wrote in the Service. */
    private record Made(OccmShape shape, String id, String address, CloudConfig config) {
        ServiceBuilder recordedIn(ServiceBuilder service) {
            return service.annotation("load-balancer-id", id)
                    .annotation("load-balancer-address", address)
                    .statusIp(address);
        }
    }

    private ServiceBuilder asked(AdoptionCase made) {
        return made.asks().apply(new ServiceBuilder().uid(uid));
    }

    private Made make(AdoptionCase made) {
        OccmShape shape = new OccmShape(
                asked(made).build(),
                nodes(),
                new OccmShape.Cloud(
                        cluster,
                        made.provider(),
                        subnet(made.family()),
                        lab.network("public"),
                        made.version(),
                        made.legacyNames()));
        JsonNode created = raw.createLoadBalancer(shape.loadBalancer());
        String id = created.path("id").asText();
        awaitActive(id);
        Optional<JsonNode> floatingIp =
                shape.floatingIp(created.path("vip_port_id").asText()).map(raw::createFloatingIp);
        String address = floatingIp
                .map(ip -> ip.path("floating_ip_address").asText())
                .orElse(created.path("vip_address").asText());
        return new Made(shape, id, address, config(proxy.authUrl().toString(), made.family()));
    }

    private void awaitActive(String id) {
        eventually()
                .until(() ->
                        "ACTIVE".equals(direct.octavia().provisioningStatuses().get(id)));
    }

    private CloudReconciliation reconciliation(CloudConfig config, ClusterIdentity as) {
        return new CloudReconciliation(
                config,
                as,
                counted.octavia(),
                counted.neutron(),
                new LoadBalancerWatch(counted.octavia(), _ -> {}),
                InstantSource.system());
    }

    /** A pass that throws is a defect. */
    private static Outcome untilDone(Supplier<Outcome> pass) {
        return await().atMost(LabCluster.PATIENCE).until(pass::get, outcome -> !(outcome instanceof Outcome.Waiting));
    }

    private LoadBalancerTree tree(String id) {
        var octavia = direct.octavia();
        return new LoadBalancerTree(
                octavia.loadBalancer(id).orElseThrow(),
                octavia.listeners(id),
                octavia.pools(id).stream()
                        .map(pool -> new LoadBalancerTree.PoolTree(
                                pool,
                                octavia.members(pool.id()),
                                pool.healthmonitorId() == null
                                        ? null
                                        : octavia.healthMonitor(pool.healthmonitorId())
                                                .orElseThrow()))
                        .toList());
    }

    private RecordedCalls mutations(CountingProxy.Mark since) {
        return proxy.since(since).mutations();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void adoptedUnchangedThenChangedThenDeleted(AdoptionCase adopted) {
        Made made = make(adopted);
        CloudReconciliation reconciliation = reconciliation(made.config(), identity);
        Service service = made.recordedIn(asked(adopted)).build();
        CountingProxy.Mark start = proxy.mark();

        assertThat(reconciliation.preview(service, nodes()))
                .isInstanceOfSatisfying(
                        Preview.Plans.class,
                        plans -> assertThat(plans.plan().steps()).isEmpty());
        assertThat(reconciliation.ensure(service, nodes())).isInstanceOf(Outcome.Converged.class);
        assertThat(mutations(start).count()).as("%s", mutations(start)).isZero();

        Service limited = made.recordedIn(asked(adopted))
                .annotation("connection-limit", "77")
                .build();
        assertThat(untilDone(() -> reconciliation.ensure(limited, nodes()))).isInstanceOf(Outcome.Converged.class);
        assertThat(tree(made.id()).listeners())
                .extracting(Listener::connectionLimit)
                .containsOnly(77);
        assertThat(mutations(start).count())
                .as("%s", mutations(start))
                .isEqualTo(limited.ports().size());
        assertThatTheReferenceFinds(made.shape(), limited, made.id());

        assertThat(untilDone(() -> reconciliation.release(limited))).isEqualTo(new Outcome.Released());
        eventually().until(() -> direct.octavia().loadBalancer(made.id()).isEmpty());
        assertThat(direct.neutron().floatingIpsWithAddress(made.address())).isEmpty();
    }

    private void assertThatTheReferenceFinds(OccmShape made, Service service, String id) {
        OccmView view = new OccmView(new OccmShape(service, made.nodes(), made.cloud()));
        LoadBalancerTree tree = tree(id);
        assertThat(view.found(List.of(tree.loadBalancer()))).hasSize(1);
        assertThat(view.changes(
                        tree,
                        direct.neutron()
                                .floatingIpsOn(Objects.requireNonNull(
                                        tree.loadBalancer().vipPortId()))))
                .isEmpty();
    }

    @Test
    void aRenamedClusterMigratesWhatTheReferenceMade() {
        AdoptionCase adopted = cases().filter(made -> made.name().equals("monitors by protocol"))
                .findFirst()
                .orElseThrow();
        Made made = make(adopted);
        ClusterIdentity renamed = new ClusterIdentity(cluster + "-renamed", identity.id());
        CloudReconciliation reconciliation = reconciliation(made.config(), renamed);
        Service service = made.recordedIn(asked(adopted)).build();
        CountingProxy.Mark start = proxy.mark();

        assertThat(untilDone(() -> reconciliation.ensure(service, nodes()))).isInstanceOf(Outcome.Converged.class);
        String name = "kube_service_" + renamed.name() + "_default_web";
        LoadBalancerTree tree = tree(made.id());
        assertThat(tree.loadBalancer().name()).isEqualTo(name);
        assertThat(tree.loadBalancer().tags()).containsExactlyInAnyOrder(name, renamed.mark(), renamed.nameMark());
        assertThat(tree.listeners())
                .hasSize(3)
                .allSatisfy(listener -> assertThat(listener.name()).endsWith(name));
        assertThat(tree.pools()).allSatisfy(pool -> {
            assertThat(pool.pool().name()).endsWith(name);
            assertThat(Objects.requireNonNull(pool.healthMonitor()).name()).endsWith(name);
        });
        assertThat(mutations(start).list().getLast().call().path()).endsWith("/loadbalancers/" + made.id());
        assertThat(mutations(start).count()).as("%s", mutations(start)).isEqualTo(11);

        assertThat(untilDone(() -> reconciliation.release(service))).isEqualTo(new Outcome.Released());
        eventually().until(() -> direct.octavia().loadBalancer(made.id()).isEmpty());
        assertThat(direct.neutron().floatingIpsWithAddress(made.address())).isEmpty();
    }
}
