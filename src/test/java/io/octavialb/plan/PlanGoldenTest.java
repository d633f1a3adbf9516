package io.octavialb.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.openstack.PopulatedLoadBalancer;
import io.octavialb.reconcile.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plan of every case is as written, carrying it out makes exactly its requests, and a plan made after that is empty.
 *
 * <p>{@code ./dev golden} writes the plans anew; such a run fails, so that nobody takes it for a test.
 */
class PlanGoldenTest {
    private static final ClusterIdentity CLUSTER =
            new ClusterIdentity("kubernetes", "5f0c2a3e-0000-4000-8000-000000000001");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static Stream<PlanCase> cases() throws IOException {
        return PlanCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void planIsAsWritten(PlanCase golden) throws IOException {
        MemoryCloud cloud = cloud(golden);
        Preview preview = cloud.reconciliation(golden.config(), CLUSTER).preview(golden.service(), golden.nodes());
        String text = text(preview);
        if (UPDATE) {
            write(golden, text);
        }
        assertThat(golden.plan()).hasContent(text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void carryingItOutLeavesNothingToDo(PlanCase golden) {
        MemoryCloud cloud = cloud(golden);
        var reconciliation = cloud.reconciliation(golden.config(), CLUSTER);
        if (!(reconciliation.preview(golden.service(), golden.nodes()) instanceof Preview.Plans(Plan plan, var _))) {
            Outcome outcome = reconciliation.ensure(golden.service(), golden.nodes());
            assertThat(outcome).isNotInstanceOf(Outcome.Converged.class);
            assertThat(cloud.mutations()).isEmpty();
            return;
        }
        Outcome outcome = cloud.converge(reconciliation, golden.service(), golden.nodes());
        assertThat(cloud.mutations()).as("one request a step").hasSameSizeAs(plan.steps());
        Service service = cloud.recorded(golden.service(), converged(outcome));
        assertThat(cloud.reconciliation(golden.config(), CLUSTER).preview(service, golden.nodes()))
                .isInstanceOfSatisfying(
                        Preview.Plans.class,
                        again -> assertThat(again.plan().steps()).isEmpty());
        assertThat(cloud.converge(cloud.reconciliation(golden.config(), CLUSTER), service, golden.nodes()))
                .isInstanceOf(outcome.getClass());
        assertThat(cloud.mutations()).as("no further request").hasSameSizeAs(plan.steps());
    }

    /** What is held does not keep the rest from being right. */
    private static Outcome.Converged converged(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Converged converged -> converged;
            case Outcome.Partial partial ->
                new Outcome.Converged(partial.identity(), partial.ingress(), partial.changed(), List.of());
            case Outcome.Waiting _, Outcome.Released _, Outcome.Rejected _, Outcome.Failed _ ->
                throw new AssertionError("not carried out: " + outcome);
        };
    }

    private static MemoryCloud cloud(PlanCase golden) {
        MemoryCloud cloud = new MemoryCloud(golden.version());
        golden.before()
                .ifPresent(before -> cloud.settled(golden.configBefore(), CLUSTER, before, golden.nodesBefore()));
        golden.observed().ifPresent(observed -> put(cloud, observed));
        return cloud;
    }

    private static void put(MemoryCloud cloud, JsonNode observed) {
        if (observed.has("loadbalancer")) {
            cloud.octavia().put(PopulatedLoadBalancer.read(observed.get("loadbalancer"), JSON));
        }
        for (JsonNode loadBalancer : observed.path("loadbalancers")) {
            cloud.octavia().put(PopulatedLoadBalancer.read(loadBalancer, JSON));
        }
        for (JsonNode floatingIp : observed.path("floatingips")) {
            cloud.neutron().put(JSON.convertValue(floatingIp, FloatingIp.class));
        }
        for (JsonNode group : observed.path("security_groups")) {
            cloud.neutron().put(JSON.convertValue(group, SecurityGroup.class));
        }
        for (JsonNode port : observed.path("ports")) {
            cloud.neutron().put(JSON.convertValue(port, Port.class));
        }
    }

    private static String text(Preview preview) {
        return switch (preview) {
            case Preview.Plans(Plan plan, List<Notice> notices) -> text(notices) + plan;
            case Preview.Stops(Outcome.Rejected(List<Notice> problems)) -> "REJECTED\n" + text(problems);
            case Preview.Stops(Outcome.Waiting waiting) -> "WAITING\n" + waiting.reason() + "\n";
            case Preview.Stops(Outcome.Failed failed) -> "FAILED\n" + failed.message() + "\n";
            case Preview.Stops(Outcome.Converged _),
                    Preview.Stops(Outcome.Partial _),
                    Preview.Stops(Outcome.Released _) ->
                throw new AssertionError("a preview changes nothing: " + preview);
        };
    }

    private static String text(List<Notice> notices) {
        return notices.stream()
                .map(notice -> "! " + notice.reason() + ": " + notice.message() + "\n")
                .collect(Collectors.joining());
    }

    private static void write(PlanCase golden, String text) throws IOException {
        boolean same =
                Files.exists(golden.plan()) && Files.readString(golden.plan()).equals(text);
        if (!same) {
            Files.writeString(golden.plan(), text);
            fail(golden.plan() + " was written: read it, then run the tests");
        }
    }
}
