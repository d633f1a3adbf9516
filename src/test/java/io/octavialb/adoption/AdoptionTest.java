package io.octavialb.adoption;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.reconcile.Preview;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the reference made for a Service is taken over as it is. */
class AdoptionTest {
    /** What the Service shows of its load balancer. */
    enum Shown {
        ANNOTATIONS_AND_STATUS {
            @Override
            ServiceBuilder on(ServiceBuilder service, String address) {
                return service.annotation("load-balancer-id", "lb-o")
                        .annotation("load-balancer-address", address)
                        .statusIp(address);
            }
        },
        STATUS {
            @Override
            ServiceBuilder on(ServiceBuilder service, String address) {
                return service.statusIp(address);
            }
        },
        HOST_NAME_IN_STATUS {
            @Override
            ServiceBuilder on(ServiceBuilder service, String address) {
                return service.statusHostname(address + ".nip.io");
            }
        },
        ADDRESS_ANNOTATION_AND_A_HOST_NAME_OF_THE_USERS_OWN {
            @Override
            ServiceBuilder on(ServiceBuilder service, String address) {
                return service.annotation("load-balancer-address", address).statusHostname("web.example.com");
            }
        };

        abstract ServiceBuilder on(ServiceBuilder service, String address);
    }

    static Stream<Arguments> matrix() {
        return AdoptionCase.all().flatMap(made -> Stream.of(Shown.values()).map(shown -> Arguments.of(made, shown)));
    }

    @ParameterizedTest(name = "{0}, known by {1}")
    @MethodSource("matrix")
    void nothingIsPlannedAndNothingIsChanged(AdoptionCase made, Shown shown) {
        OccmWorld world = new OccmWorld(made);
        MemoryCloud cloud = world.cloud();
        OccmShape shape = world.shape(world.asked().build());
        String address = shape.floatingIp("").isPresent() ? OccmWorld.FLOATING_IP : world.vip();
        Service service = shown.on(world.asked(), address).build();
        CloudConfig config = Clusters.config(world.configLines());

        assertThat(cloud.reconciliation(config, CLUSTER).preview(service, world.nodes()))
                .isInstanceOfSatisfying(
                        Preview.Plans.class,
                        plans -> assertThat(plans.plan().steps()).isEmpty());
        assertThat(cloud.converge(cloud.reconciliation(config, CLUSTER), service, world.nodes()))
                .isInstanceOfSatisfying(
                        Outcome.Converged.class,
                        converged -> assertThat(converged.identity())
                                .isEqualTo(new Outcome.Identity("lb-o", true, address, world.vip())));
        assertThat(cloud.mutations()).isEmpty();
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
    }
}
