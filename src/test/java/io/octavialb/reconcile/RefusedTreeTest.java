package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.MemoryOctavia;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.openstack.CloudException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octavia leaves a port behind for every tree that it refuses: it is given one, and then a load balancer alone. */
class RefusedTreeTest {
    private static final Service WEB = new ServiceBuilder().build();

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);

    private long listenersAtCreation() {
        return cloud.octavia()
                .listeners(cloud.octavia().loadBalancers().getFirst().id())
                .size();
    }

    @ParameterizedTest
    @CsvSource({
        "FORBIDDEN,403,0",
        "BAD_REQUEST,400,0",
        "CONFLICT,409,0",
        "NOT_FOUND,404,0",
        "SERVER_ERROR,500,0",
        "SERVER_ERROR,503,1",
        "TOO_MANY_REQUESTS,429,1",
        "UNREACHABLE,0,1"
    })
    void afterARefusalItIsMadeBare(Kind kind, int status, int listeners) {
        cloud.octavia().nextMutationFails(MemoryOctavia.fault(kind, status, "no"));
        assertThat(reconciliation.ensure(WEB, NODES)).isNotInstanceOf(Outcome.Waiting.class);
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        assertThat(listenersAtCreation()).isEqualTo(listeners);
        assertThat(cloud.converge(reconciliation, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(listenersAtCreation()).isEqualTo(1);
    }

    @Test
    void onceItIsThereTheNextIsMadeWhole() {
        cloud.octavia().nextMutationFails(MemoryOctavia.fault(Kind.FORBIDDEN, 403, "Quota has been met"));
        reconciliation.ensure(WEB, NODES);
        cloud.converge(reconciliation, WEB, NODES);
        cloud.release(reconciliation, WEB);
        reconciliation.ensure(WEB, NODES);
        assertThat(listenersAtCreation()).isEqualTo(1);
    }

    @Test
    void nothingIsDeletedForARefusal() {
        cloud.octavia().nextMutationFails(MemoryOctavia.fault(Kind.FORBIDDEN, 403, "Quota has been met"));
        reconciliation.ensure(WEB, NODES);
        cloud.converge(reconciliation, WEB, NODES);
        assertThat(cloud.mutations()).noneMatch(request -> request.startsWith("DELETE"));
    }
}
