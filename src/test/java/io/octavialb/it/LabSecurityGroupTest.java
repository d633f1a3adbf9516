package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.PATIENCE;
import static io.octavialb.it.LabCluster.eventually;
import static io.octavialb.it.LabCluster.withoutWatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.lab.CountingProxy;
import io.octavialb.lab.Lab;
import io.octavialb.lab.RecordedCalls;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroupRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Service's security group on a real Neutron: its rules, the ports of nodes it is on, and that nothing is left. */
@Tag(Lab.TAG)
class LabSecurityGroupTest {
    private static final String MEMBERS = "10.6.0.0/24";

    private LabCluster lab;
    private Cluster kubernetes;
    private CountingProxy proxy;

    @BeforeEach
    void start() {
        lab = new LabCluster("manage-security-groups = true\n");
        kubernetes = lab.kubernetes();
        proxy = lab.proxy();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private List<SecurityGroup> groups(String service) {
        String uid = kubernetes.service(service).getMetadata().getUid();
        return named("lb-sg-" + uid + "-" + Cluster.NAMESPACE + "-" + service);
    }

    private List<SecurityGroup> named(String name) {
        return lab.cloud().neutron().securityGroupsNamed(name);
    }

    private List<String> rules(String service) {
        return groups(service).stream()
                .flatMap(group -> group.securityGroupRules().stream())
                .filter(SecurityGroupRule::ingress)
                .map(rule -> rule.ethertype() + " " + rule)
                .sorted()
                .toList();
    }

    private List<String> nodes(String service) {
        return lab
                .cloud()
                .neutron()
                .portsWithSecurityGroups(
                        groups(service).stream().map(SecurityGroup::id).toList())
                .stream()
                .map(Port::deviceId)
                .map(id ->
                        "node-" + String.valueOf(id).charAt(String.valueOf(id).length() - 1))
                .sorted()
                .toList();
    }

    private List<String> groupsOfNode(int node) {
        return lab.cloud()
                .neutron()
                .port(lab.lab().port("node-" + node))
                .orElseThrow()
                .securityGroups();
    }

    @Test
    void itFollowsTheServiceAndItsNodesAndLeavesNothing() {
        kubernetes.create("guarded", Map.of(), port("TCP", 80), port("UDP", 53));
        lab.awaitAddress("guarded");
        int tcp = kubernetes.nodePort("guarded");
        int udp = kubernetes.service("guarded").getSpec().getPorts().getLast().getNodePort();
        assertThat(groups("guarded"))
                .singleElement()
                .satisfies(group -> assertThat(group.description())
                        .startsWith("Security Group for default/guarded Service LoadBalancer in cluster it-")
                        .contains(" octavia-lb:cluster="));
        assertThat(rules("guarded"))
                .containsExactly("IPv4 tcp/" + tcp + " from " + MEMBERS, "IPv4 udp/" + udp + " from " + MEMBERS);
        assertThat(nodes("guarded")).containsExactly("node-1", "node-2");
        assertThat(groupsOfNode(1)).contains(lab.lab().securityGroup("nodes"));

        kubernetes.node(3);
        eventually().untilAsserted(() -> assertThat(nodes("guarded")).containsExactly("node-1", "node-2", "node-3"));
        kubernetes.removeNode(3);
        eventually().untilAsserted(() -> assertThat(nodes("guarded")).containsExactly("node-1", "node-2"));
        assertThat(groupsOfNode(3)).contains(lab.lab().securityGroup("nodes"));

        kubernetes.edit(
                "guarded",
                service -> service.editSpec().withPorts(port("TCP", 443)).endSpec());
        eventually()
                .untilAsserted(() -> assertThat(rules("guarded"))
                        .containsExactly("IPv4 tcp/" + kubernetes.nodePort("guarded") + " from " + MEMBERS));

        kubernetes.edit(
                "guarded",
                service -> service.editSpec()
                        .withExternalTrafficPolicy("Local")
                        .withHealthCheckNodePort(31999)
                        .endSpec());
        eventually().untilAsserted(() -> assertThat(rules("guarded")).contains("IPv4 tcp/31999 from " + MEMBERS));

        String name = groups("guarded").getFirst().name();
        String id = groups("guarded").getFirst().id();
        kubernetes.delete("guarded");
        eventually().until(() -> !kubernetes.exists("guarded"));
        assertThat(named(name)).isEmpty();
        assertThat(lab.cloud().neutron().portsWithSecurityGroups(List.of(id))).isEmpty();
        assertThat(groupsOfNode(1)).contains(lab.lab().securityGroup("nodes"));
    }

    @Test
    void anUnchangedPassReadsTheGroupAndItsPorts() {
        kubernetes.create("still", Map.of(), port("TCP", 80));
        lab.awaitAddress("still");
        CountingProxy.Mark before = proxy.mark();
        lab.wake("still");
        eventually().until(() -> withoutWatch(proxy.since(before)).reads().count() > 0);
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> proxy.since(before).count(), new Unchanging());
        RecordedCalls unchanged = withoutWatch(proxy.since(before));
        assertThat(unchanged.mutations().count()).as("mutations %s", unchanged).isZero();
        assertThat(unchanged
                        .matching(call -> call.path().contains("security-groups"))
                        .count())
                .as("reads %s", unchanged)
                .isEqualTo(1);
        assertThat(unchanged.matching(call -> call.path().endsWith("/ports")).count())
                .as("reads %s", unchanged)
                .isEqualTo(1);
    }

    /** The source ranges of this provider are the listener's; the nodes see the load balancer's own address. */
    @Test
    void sourceRangesAreTheListenersAndTheNodesStayOpenToTheMembersSubnet() {
        kubernetes.create("ranged", Map.of(), port("TCP", 80));
        lab.awaitAddress("ranged");
        List<String> open = rules("ranged");
        kubernetes.edit(
                "ranged",
                service -> service.editSpec()
                        .withLoadBalancerSourceRanges("192.0.2.0/24")
                        .endSpec());
        eventually()
                .untilAsserted(() -> assertThat(
                                lab.tree("ranged").listeners().getFirst().allowedCidrs())
                        .containsExactly("192.0.2.0/24"));
        assertThat(rules("ranged")).isEqualTo(open);
        kubernetes.edit(
                "ranged",
                service -> service.editSpec()
                        .withLoadBalancerSourceRanges("2001:db8::/32")
                        .endSpec());
        eventually()
                .untilAsserted(
                        () -> assertThat(kubernetes.eventReasons("ranged")).contains("SyncLoadBalancerFailed"));
        assertThat(lab.tree("ranged").listeners().getFirst().allowedCidrs()).containsExactly("192.0.2.0/24");
        kubernetes.edit(
                "ranged",
                service -> service.editSpec()
                        .withLoadBalancerSourceRanges(List.of())
                        .endSpec());
        eventually()
                .untilAsserted(() -> assertThat(
                                lab.tree("ranged").listeners().getFirst().allowedCidrs())
                        .containsExactly("0.0.0.0/0"));
    }
}
