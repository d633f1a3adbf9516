package io.octavialb.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.octavialb.config.ServiceOptions;
import org.junit.jupiter.api.Test;

/** Who was refused on a shared load balancer is served as soon as there is room, and not at the drift period. */
class RoomOnSharedLoadBalancerTest extends CommandCase {
    private int maxSharedLb;

    @Override
    String cloudConfigText() {
        return super.cloudConfigText() + "max-shared-lb = " + maxSharedLb + "\n";
    }

    private void createOn(String loadBalancerId, String name, int port) {
        Service service = new ServiceBuilder(web(name, port))
                .editMetadata()
                .addToAnnotations(ServiceOptions.LOAD_BALANCER_ID_KEY, loadBalancerId)
                .endMetadata()
                .build();
        service.getSpec().getPorts().getFirst().setNodePort(null);
        create(service);
    }

    private boolean served(String name) {
        return !live(name).getStatus().getLoadBalancer().getIngress().isEmpty();
    }

    private static String message(Service service) {
        return service.getStatus().getConditions().stream()
                .map(Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    private void refusedUntilTheGuestLeaves(int port, String why) {
        try (Replica _ = new Replica(cluster, "octavia-lb/only", config())) {
            create(web("web", 80));
            await().atMost(PATIENCE).until(() -> served("web"));
            String shared = loadBalancerId();
            createOn(shared, "guest", 81);
            await().atMost(PATIENCE).until(() -> served("guest"));
            createOn(shared, "api", port);
            await().atMost(PATIENCE).until(() -> message(live("api")).contains(why));
            cluster.client().services().inNamespace("default").withName("guest").delete();
            await().atMost(PATIENCE).until(() -> served("api"));
            assertThat(live("api").getStatus().getLoadBalancer())
                    .isEqualTo(live("web").getStatus().getLoadBalancer());
        }
    }

    @Test
    void forItsPortWasTaken() {
        maxSharedLb = 3;
        refusedUntilTheGuestLeaves(81, "TCP/81");
    }

    @Test
    void forThereWereAsManyAsMayShare() {
        maxSharedLb = 2;
        refusedUntilTheGuestLeaves(82, "max-shared-lb");
    }
}
