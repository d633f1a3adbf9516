package io.octavialb.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.octavialb.config.ServiceOptions;
import io.octavialb.embedded.openstack.CloudRequest;
import io.octavialb.embedded.openstack.Exchange;
import io.octavialb.embedded.openstack.ExchangeObserver;
import io.octavialb.kubernetes.ClusterId;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.Orphan;
import io.octavialb.reconcile.Orphans;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code octavia-lb orphans} lists, and that it deletes that and nothing else. */
class OrphansCommandTest extends CommandCase {
    private void orphans(String... arguments) {
        run("orphans", arguments);
    }

    /** A Service with its load balancer. */
    private void served(String name, int port) {
        create(web(name, port));
        converge(name);
    }

    /** As when somebody removes the finalizer by hand. */
    private void gone(String name) {
        cluster.client().services().inNamespace("default").withName(name).delete();
    }

    private List<FloatingIp> floatingIps() {
        try (OpenStack client = client()) {
            return client.neutron().floatingIps();
        }
    }

    private List<String> loadBalancers() {
        try (OpenStack client = client()) {
            return client.octavia().loadBalancers().stream()
                    .map(loadBalancer -> loadBalancer.name())
                    .sorted()
                    .toList();
        }
    }

    private void annotate(String name, String key, @Nullable String value) {
        cluster.client()
                .services()
                .inNamespace("default")
                .withName(name)
                .edit(service -> new ServiceBuilder(service)
                        .editMetadata()
                        .addToAnnotations(key, value)
                        .endMetadata()
                        .build());
    }

    @Test
    void whatServicesHaveIsNone() {
        served("web", 80);
        orphans();
        assertThat(exitCode).isZero();
        assertThat(out).isEqualTo("no orphans\n");
        orphans("-o", "json");
        assertThat(out.strip()).isEqualTo("[ ]");
        assertThat(changes).isEmpty();
    }

    @Test
    void whatIsLeftOfAServiceIsListedAndNothingIsTouched() {
        served("web", 80);
        served("api", 81);
        gone("web");
        orphans();
        assertThat(exitCode).isEqualTo(2);
        assertThat(out)
                .startsWith("default/web: 2 changes, no such Service\n")
                .contains("- floatingip 203.0.113.")
                .contains("- loadbalancer kube_service_kubernetes_default_web with all below it")
                .doesNotContain("api");
        assertThat(changes).isEmpty();
    }

    @Test
    void deletingRemovesIt() {
        served("web", 80);
        served("api", 81);
        gone("web");
        orphans("--delete");
        assertThat(exitCode).isZero();
        assertThat(out).startsWith("default/web: 2 changes, no such Service\n");
        assertThat(err).isEqualTo("default/web: deleted\n");
        assertThat(loadBalancers()).containsExactly("kube_service_kubernetes_default_api");
        assertThat(floatingIps())
                .singleElement()
                .extracting(FloatingIp::description)
                .asString()
                .contains("default/api");
        orphans();
        assertThat(out).isEqualTo("no orphans\n");
    }

    @Test
    void aFloatingIpThatWasReservedAndNeverAttachedGoesWithTheRest() {
        served("web", 80);
        FloatingIp attached = floatingIps().getFirst();
        try (OpenStack client = client()) {
            client.neutron().createFloatingIp(attached.floatingNetworkId(), null, null, null, attached.description());
        }
        orphans();
        assertThat(out).as("its Service will see to it").isEqualTo("no orphans\n");
        served("api", 81);
        gone("web");
        orphans("--delete");
        assertThat(exitCode).isZero();
        assertThat(floatingIps())
                .singleElement()
                .extracting(FloatingIp::description)
                .asString()
                .contains("default/api");
    }

    @Test
    void aClusterWithoutAnyLoadBalancerServiceMayBeTheWrongOne() {
        served("web", 80);
        gone("web");
        orphans("--delete");
        assertThat(exitCode).isEqualTo(1);
        assertThat(err).contains("nothing is deleted").contains("--cluster-gone with --cluster-id ");
        assertThat(changes).isEmpty();

        orphans("--delete", "--cluster-gone", "--cluster-id", ClusterId.read(cluster.client()));
        assertThat(exitCode).isZero();
        assertThat(loadBalancers()).isEmpty();
        assertThat(floatingIps()).isEmpty();
    }

    @Test
    void aClusterThatCanNotBeReadHasNoOrphans() {
        served("web", 80);
        gone("web");
        cluster.close();
        orphans("--delete");
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).isEmpty();
        assertThat(err).contains("Kubernetes: ").contains("--cluster-gone").doesNotContain("\tat ");
        assertThat(changes).isEmpty();
    }

    @Test
    void aClusterThatIsGoneMustBeNamed() {
        orphans("--cluster-gone");
        assertThat(exitCode).isEqualTo(64);
        assertThat(err).contains("--cluster-gone: goes with --cluster-id");
    }

    @Test
    void anotherClusterOfTheSameNameKeepsIts() {
        served("keep", 82);
        create(web("web", 80));
        converge("web", new ClusterIdentity("kubernetes", "another"));
        gone("web");
        orphans("--delete");
        assertThat(exitCode).isZero();
        assertThat(out).isEqualTo("no orphans\n");
        assertThat(loadBalancers()).contains("kube_service_kubernetes_default_web");
    }

    @Test
    void aFloatingIpWithoutItsLoadBalancerIsOne() {
        served("web", 80);
        served("keep", 82);
        gone("web");
        try (OpenStack client = client()) {
            String id = client.octavia()
                    .loadBalancersNamed("kube_service_kubernetes_default_web")
                    .getFirst()
                    .id();
            client.octavia().deleteLoadBalancer(id, true);
        }
        cloud.settle();
        changes.clear();
        orphans("--delete");
        assertThat(out).contains("default/web: 1 change, no such Service\n- floatingip 203.0.113.");
        assertThat(exitCode).isZero();
        assertThat(floatingIps()).hasSize(1);
    }

    @Test
    void aServiceThatLeftASharedLoadBalancerByForceIsTakenOffIt() {
        served("web", 80);
        String shared = loadBalancerId();
        create(web("guest", 81));
        annotate("guest", ServiceOptions.LOAD_BALANCER_ID_KEY, shared);
        converge("guest");
        gone("guest");
        orphans("--delete");
        assertThat(exitCode).isZero();
        assertThat(out).contains("- listener TCP/81").doesNotContain("- loadbalancer", "- floatingip");
        try (OpenStack client = client()) {
            assertThat(client.octavia().listeners(shared))
                    .singleElement()
                    .extracting(listener -> listener.protocolPort())
                    .isEqualTo(80);
            assertThat(client.octavia().loadBalancer(shared).orElseThrow().tags())
                    .doesNotContain("kube_service_kubernetes_default_guest");
        }
    }

    @Test
    void aLoadBalancerThatAServiceIsAboutToJoinIsLeftAlone() {
        served("web", 80);
        String named = loadBalancerId();
        gone("web");
        create(web("guest", 81));
        annotate("guest", ServiceOptions.LOAD_BALANCER_ID_KEY, named);
        orphans("--delete");
        assertThat(exitCode).isZero();
        assertThat(out).isEqualTo("no orphans\n");
        assertThat(changes).isEmpty();
    }

    /** While the cloud is read a Service comes to be, with all that the controller makes for it. */
    @Test
    void whatAServiceHasThatComesToBeMeanwhileIsNone() {
        served("keep", 82);
        AtomicBoolean first = new AtomicBoolean(true);
        cloud.observe(new ExchangeObserver() {
            @Override
            public Fate before(CloudRequest request) {
                if (request.path().endsWith("/lbaas/loadbalancers") && first.compareAndSet(true, false)) {
                    served("web", 80);
                }
                return Fate.GOES_ON;
            }
        });
        orphans("--delete");
        assertThat(first).isFalse();
        assertThat(loadBalancers()).contains("kube_service_kubernetes_default_web");
        assertThat(out).isEqualTo("no orphans\n");
        assertThat(exitCode).isZero();
        assertThat(changes).isEmpty();
    }

    /** What is deleted before it takes minutes; in that time somebody makes the Service again. */
    @Test
    void whatAServiceHasAgainIsLeftAlone() {
        served("keep", 82);
        served("api", 81);
        served("web", 80);
        gone("api");
        gone("web");
        cloud.observe(new ExchangeObserver() {
            @Override
            public Fate after(Exchange exchange) {
                if (exchange.request().method().equals("DELETE")
                        && exchange.request().path().contains("/lbaas/loadbalancers/")) {
                    create(web("web", 80));
                }
                return Fate.GOES_ON;
            }
        });
        orphans("--delete");
        assertThat(err).isEqualTo("default/api: deleted\ndefault/web: left alone: there is such a Service by now\n");
        assertThat(loadBalancers())
                .containsExactly("kube_service_kubernetes_default_keep", "kube_service_kubernetes_default_web");
        assertThat(floatingIps()).hasSize(2);
        assertThat(exitCode).isZero();
    }

    @Test
    void aClusterThatCanNotBeAskedAnyMoreKeepsTheRest() {
        served("keep", 82);
        served("api", 81);
        served("web", 80);
        gone("api");
        gone("web");
        cloud.observe(new ExchangeObserver() {
            @Override
            public Fate after(Exchange exchange) {
                if (exchange.request().method().equals("DELETE")
                        && exchange.request().path().contains("/lbaas/loadbalancers/")) {
                    cluster.close();
                }
                return Fate.GOES_ON;
            }
        });
        orphans("--delete");
        assertThat(exitCode).isEqualTo(1);
        assertThat(err).contains("Kubernetes: ");
        assertThat(loadBalancers()).contains("kube_service_kubernetes_default_web");
    }

    /** What a pass leaves behind is found by the UID: with one for all, one that is stuck would stand for the others. */
    @Test
    void eachHasAUidOfItsOwn() {
        served("keep", 82);
        served("api", 81);
        served("web", 80);
        List<Orphan> orphans;
        try (OpenStack client = client()) {
            orphans = Orphans.read(
                            new ClusterIdentity("kubernetes", ClusterId.read(cluster.client())),
                            client.octavia(),
                            client.neutron())
                    .of(List.of());
        }
        assertThat(orphans)
                .hasSize(3)
                .extracting(orphan -> orphan.standIn().uid())
                .doesNotHaveDuplicates();
    }
}
