package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.CloudState;
import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.MemoryOctavia;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.model.Notice;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.desired.DesiredSecurityGroupRule;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.openstack.CloudException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Service's security group where others work on the same ports, and where requests fail. */
class SecurityGroupTest {
    private static final CloudConfig MANAGED = Clusters.config("manage-security-groups = true\n");
    private static final Service WEB = new ServiceBuilder().build();
    private static final String NAME = "lb-sg-" + ServiceBuilder.UID + "-default-web";

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));

    @BeforeEach
    void groupOfTheNodes() {
        cloud.neutron().put(new SecurityGroup("sg-nodes", "nodes", "", List.of()));
        for (int i = 1; i <= 3; i++) {
            cloud.neutron().secure("port-node-" + i, "sg-nodes");
        }
    }

    private Outcome ensure(CloudConfig config, Service service, List<Node> nodes) {
        return cloud.converge(cloud.reconciliation(config, CLUSTER), service, nodes);
    }

    private Outcome release(CloudConfig config) {
        return cloud.release(cloud.reconciliation(config, CLUSTER), WEB);
    }

    private String own() {
        return cloud.neutron().securityGroupsNamed(NAME).getFirst().id();
    }

    private List<String> groups(int node) {
        return cloud.neutron().port("port-node-" + node).orElseThrow().securityGroups();
    }

    @Test
    void itComesAndGoesWithTheServiceAndLeavesOthersAlone() {
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(groups(1)).containsExactly("sg-nodes", own());
        assertThat(groups(2)).containsExactly("sg-nodes", own());
        assertThat(groups(3)).containsExactly("sg-nodes");

        assertThat(release(MANAGED)).isEqualTo(new Outcome.Released());
        assertThat(cloud.neutron().securityGroups())
                .extracting(SecurityGroup::id)
                .containsExactly("sg-nodes");
        assertThat(groups(1)).containsExactly("sg-nodes");
        assertThat(cloud.mutations().indexOf("DELETE security-group"))
                .isGreaterThan(cloud.mutations().indexOf("DELETE loadbalancer"));
    }

    @Test
    void itGoesAlsoWhereGroupsAreManagedNoMore() {
        ensure(MANAGED, WEB, NODES);
        assertThat(release(Clusters.CONFIG)).isEqualTo(new Outcome.Released());
        assertThat(cloud.neutron().securityGroups())
                .extracting(SecurityGroup::id)
                .containsExactly("sg-nodes");
    }

    @Test
    void aReleaseAfterTheLoadBalancerWasRemovedByHandSweepsIt() {
        ensure(MANAGED, WEB, NODES);
        cloud.octavia()
                .deleteLoadBalancer(cloud.octavia().loadBalancers().getFirst().id(), true);
        cloud.octavia().settle();
        assertThat(release(MANAGED)).isEqualTo(new Outcome.Released());
        assertThat(groups(1)).containsExactly("sg-nodes");
        assertThat(cloud.neutron().securityGroupsNamed(NAME)).isEmpty();
    }

    @Test
    void aGroupThatSomeoneElsePutsThereMeanwhileIsKept() {
        AtomicInteger others = new AtomicInteger();
        cloud.neutron().beforePortUpdates(port -> {
            if (others.incrementAndGet() % 3 != 0) {
                int number = others.get();
                List<String> now = cloud.neutron().port(port.id()).orElseThrow().securityGroups();
                cloud.neutron().secure(port.id(), with(now, "sg-other-" + number));
            }
        });
        ensure(MANAGED, WEB, NODES);
        assertThat(groups(1)).containsExactly("sg-nodes", "sg-other-1", "sg-other-2", own());
        assertThat(groups(2)).containsExactly("sg-nodes", "sg-other-4", "sg-other-5", own());

        assertThat(release(MANAGED)).isEqualTo(new Outcome.Released());
        assertThat(groups(1)).containsExactly("sg-nodes", "sg-other-1", "sg-other-2", "sg-other-7", "sg-other-8");
    }

    private static String[] with(List<String> groups, String more) {
        return Stream.concat(groups.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aPortThatIsChangedAgainAndAgainFailsThePassAndLosesNothing() {
        cloud.neutron().beforePortUpdates(port -> cloud.neutron().secure(port.id(), "sg-nodes"));
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Failed.class);
        assertThat(groups(1)).containsExactly("sg-nodes");
        cloud.neutron().beforePortUpdates(_ -> {});
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(groups(1)).containsExactly("sg-nodes", own());
    }

    @Test
    void aPortThatGoesWithItsInstanceMeanwhileFailsNobody() {
        ensure(MANAGED, WEB, Clusters.nodes(1, 2, 3));
        cloud.neutron().beforePortUpdates(port -> cloud.neutron().removePort(port.id()));
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.neutron().port("port-node-3")).isEmpty();
    }

    @Test
    void aNodeWhoseProviderIdIsMissingForAWhileKeepsTheGroup() {
        ensure(MANAGED, WEB, NODES);
        List<Node> unknown = NODES.stream()
                .map(node -> new Node(node.name(), Map.of(), Set.of(), false, null, node.addresses()))
                .toList();
        assertThat(ensure(MANAGED, WEB, unknown))
                .isInstanceOfSatisfying(
                        Outcome.Converged.class,
                        converged -> assertThat(converged.notices())
                                .extracting(Notice::reason)
                                .containsExactly("LoadBalancerNodesNotOpened"));
        assertThat(groups(1)).containsExactly("sg-nodes", own());
    }

    @Test
    void aGroupOfASecondPostThatWasSeenLateIsRemoved() {
        ensure(MANAGED, WEB, NODES);
        SecurityGroup first = cloud.neutron().securityGroupsNamed(NAME).getFirst();
        cloud.neutron().put(new SecurityGroup("zz-late", NAME, first.description(), List.of()));
        cloud.neutron().secure("port-node-2", "zz-late", first.id());
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.neutron().securityGroupsNamed(NAME))
                .extracting(SecurityGroup::id)
                .containsExactly(first.id());
        assertThat(groups(2)).containsExactly(first.id());
    }

    @Test
    void aRefusedGroupIsToldAndComesLater() {
        cloud.settled(Clusters.CONFIG, CLUSTER, WEB, NODES);
        cloud.neutron().nextMutationFails(MemoryOctavia.fault(Kind.CONFLICT, 409, "Quota exceeded: security_group"));
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Failed.class);
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(groups(1)).containsExactly("sg-nodes", own());
    }

    @Test
    void rulesThatSomeoneAddedGoAndThoseThatSomeoneRemovedComeBack() {
        ensure(MANAGED, WEB, NODES);
        String before = CloudState.of(cloud);
        SecurityGroup group = cloud.neutron().securityGroupsNamed(NAME).getFirst();
        cloud.neutron()
                .createSecurityGroupRules(group.id(), List.of(new DesiredSecurityGroupRule("tcp", 22, "0.0.0.0/0")));
        cloud.neutron()
                .deleteSecurityGroupRule(group.securityGroupRules().getFirst().id());
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(CloudState.of(cloud)).isEqualTo(before);
    }

    @Test
    void whereItIsManagedAgainItIsPutRight() {
        ensure(MANAGED, WEB, NODES);
        cloud.neutron().secure("port-node-1", "sg-nodes");
        assertThat(ensure(Clusters.CONFIG, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(groups(1)).containsExactly("sg-nodes");
        assertThat(ensure(MANAGED, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(groups(1)).containsExactly("sg-nodes", own());
    }

    @Test
    void whatIsLeftOfAServiceThatIsGoneIsAnOrphan() {
        ensure(MANAGED, WEB, NODES);
        assertThat(orphans(List.of(WEB))).isEmpty();
        Service standIn = orphans(List.of()).getFirst().standIn();
        assertThat(cloud.release(cloud.reconciliation(MANAGED, CLUSTER), standIn))
                .isEqualTo(new Outcome.Released());
        assertThat(cloud.neutron().securityGroupsNamed(NAME)).isEmpty();
        assertThat(groups(1)).containsExactly("sg-nodes");

        SecurityGroup alone = new SecurityGroup(
                "sg-alone",
                NAME,
                "Security Group for default/web Service LoadBalancer in cluster kubernetes " + CLUSTER.mark(),
                List.of());
        cloud.neutron().put(alone);
        assertThat(orphans(List.of()))
                .singleElement()
                .satisfies(gone -> assertThat(gone.standIn().uid()).isEqualTo(ServiceBuilder.UID));
    }

    private List<Orphan> orphans(List<Service> services) {
        return Orphans.read(CLUSTER, cloud.octavia(), cloud.neutron()).of(services);
    }

    /** All else that goes by the name is the new Service's. */
    @Test
    void theGroupOfAServiceThatWasMadeAgainUnderItsNameIsOneAndNothingElse() {
        ensure(MANAGED, WEB, NODES);
        Service again =
                new ServiceBuilder().uid("1c5e0f52-0000-4000-8000-000000000002").build();
        ensure(MANAGED, again, NODES);
        assertThat(groups(1)).hasSize(3);
        Orphan orphan = orphans(List.of(again)).getFirst();
        assertThat(orphans(List.of(again))).hasSize(1);
        assertThat(orphan.belongsTo(again)).isFalse();
        var reconciliation = cloud.reconciliation(MANAGED, CLUSTER);
        assertThat(reconciliation.previewRemoval(orphan))
                .isInstanceOfSatisfying(
                        Preview.Plans.class,
                        plans -> assertThat(plans.plan().steps()).hasSize(3));
        assertThat(reconciliation.remove(orphan)).isEqualTo(new Outcome.Released());
        assertThat(groups(1)).hasSize(2);
        assertThat(cloud.neutron().securityGroupsNamed(NAME)).isEmpty();
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
        assertThat(orphans(List.of(again))).isEmpty();
    }

    @Test
    void twoServicesOnTheSameNodesHaveAGroupEach() {
        Service other = new ServiceBuilder()
                .named("default", "other")
                .uid("1c5e0f52-0000-4000-8000-000000000002")
                .build();
        ensure(MANAGED, WEB, NODES);
        ensure(MANAGED, other, NODES);
        assertThat(groups(1)).hasSize(3);
        assertThat(release(MANAGED)).isEqualTo(new Outcome.Released());
        assertThat(groups(1)).hasSize(2).startsWith("sg-nodes");
        assertThat(cloud.neutron()
                        .portsWithSecurityGroups(
                                cloud.neutron().securityGroupsNamed("lb-sg-" + other.uid() + "-default-other").stream()
                                        .map(SecurityGroup::id)
                                        .toList()))
                .extracting(Port::id)
                .containsExactly("port-node-1", "port-node-2");
    }
}
