package io.octavialb.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Pool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnershipTest {
    private static final ClusterIdentity CLUSTER = new ClusterIdentity("kubernetes", "id-1");
    private static final Ownership WEB = of("kubernetes", "b", "c");
    private static final String WEB_NAME = "kube_service_kubernetes_b_c";
    private static final String MARK = "octavia-lb:cluster=id-1";
    private static final LoadBalancer UNMARKED = loadBalancer("teamlb");

    private static Ownership of(String cluster, String namespace, String name) {
        return new Ownership(
                new ClusterIdentity(cluster, "id-1"),
                new ObjectKey(namespace, name),
                "1c5e0f52-0000-4000-8000-01",
                null);
    }

    private static Ownership longest() {
        return new Ownership(
                new ClusterIdentity("c".repeat(250), "i".repeat(63)),
                new ObjectKey("n".repeat(63), "s".repeat(63)),
                "uid",
                null);
    }

    @Test
    void namesAreCutAndMarksAreNot() {
        Ownership longest = longest();
        assertThat(List.of(
                        longest.loadBalancerName(),
                        longest.description(),
                        longest.listenerName(9999),
                        longest.poolName(0),
                        longest.healthMonitorName(0)))
                .allSatisfy(name -> assertThat(name).hasSize(255));
        assertThat(List.of(longest.floatingIpDescription(), longest.description()))
                .allSatisfy(text -> assertThat(text)
                        .hasSize(255)
                        .endsWith(" octavia-lb:cluster=" + "i".repeat(63))
                        .contains(" " + "n".repeat(63) + "/" + "s".repeat(63) + " "));
        assertThat(longest.createdForService(floatingIp(longest.floatingIpDescription())))
                .isTrue();
        LoadBalancer its = loadBalancer(longest.loadBalancerName(), longest.description(), List.of());
        assertThat(longest.createdForService(its)).isTrue();
        assertThat(longest.owns(listener(longest.listenerName(7)), its)).isTrue();
        assertThat(longest.owns(pool(longest.poolName(12)), its)).isTrue();
        assertThat(longest.createdForService(loadBalancer(longest.loadBalancerName())))
                .isFalse();
    }

    @Test
    void noMarkCountsAsSharingForTheReference() {
        assertThat(WEB.loadBalancerTags()).containsExactly(WEB_NAME, "octavia-lb:cluster=id-1");
        assertThat(CLUSTER.mark()).doesNotStartWith("kube_service_");
    }

    @Test
    void markTellsClustersApart() {
        assertThat(WEB.mark(loadBalancer(WEB_NAME, WEB_NAME, "octavia-lb:cluster=id-1")))
                .isEqualTo(Ownership.Mark.OURS);
        assertThat(WEB.mark(loadBalancer(WEB_NAME, WEB_NAME, "octavia-lb:cluster=id-10")))
                .isEqualTo(Ownership.Mark.ANOTHER_CLUSTERS);
        assertThat(WEB.mark(loadBalancer(WEB_NAME, WEB_NAME))).isEqualTo(Ownership.Mark.NONE);
        assertThat(WEB.mark(described(WEB.description()))).isEqualTo(Ownership.Mark.OURS);
        assertThat(WEB.mark(described(WEB.description() + "0"))).isEqualTo(Ownership.Mark.ANOTHER_CLUSTERS);
        assertThat(WEB.mark(described("Kubernetes external service b/c from cluster kubernetes")))
                .isEqualTo(Ownership.Mark.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kube_service_kubernetes_a-b_c",
                "kube_service_kubernetes_b_a-c",
                "kube_service_kubernetes_b_c-d",
                "kube_service_kubernetes_b_c2",
                "kube_service_kubernetes_c_b",
                "kube_service_kubernetes_x_b-c",
                "b_c",
                "my_b_c"
            })
    void otherServicesNamesNeverMatch(String other) {
        for (LoadBalancer loadBalancer : List.of(loadBalancer(other), loadBalancer(other, MARK))) {
            assertThat(WEB.createdForService(loadBalancer)).isFalse();
            assertThat(WEB.owns(listener("mine", other), loadBalancer)).isFalse();
            assertThat(WEB.owns(listener("listener_0_" + other), loadBalancer)).isFalse();
            assertThat(WEB.owns(pool("pool_0_" + other), loadBalancer)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WEB_NAME, "kube_service_renamed_b_c", "kube_service_with_underscores_b_c"})
    void ourNamesMatchWhateverTheClusterWasCalledWhereItLeftItsMark(String name) {
        LoadBalancer marked = loadBalancer(
                name,
                "Kubernetes external service b/c from cluster oldest",
                List.of(name, "kube_service_older_b_c", MARK, "octavia-lb:name=older"));
        assertThat(WEB.createdForService(marked)).isTrue();
        assertThat(WEB.owns(listener("x", name), marked)).isTrue();
        assertThat(WEB.ownedByAnother(listener("x", name), marked)).isFalse();
        assertThat(WEB.owns(listener("listener_3_" + name), marked)).isTrue();
        assertThat(WEB.owns(pool("pool_12_" + name), marked)).isTrue();
        assertThat(WEB.sharedWithOthers(tree(marked))).isFalse();
        assertThat(WEB.isFormer("kube_service_older_b_c", marked)).isTrue();
        assertThat(WEB.isFormer("kube_service_oldest_b_c", marked)).isTrue();
        assertThat(WEB.isFormer("kube_service_staging_b_c", marked)).isFalse();
        assertThat(WEB.owns(listener("x", "kube_service_staging_b_c"), marked)).isFalse();
        assertThat(WEB.isFormer(WEB_NAME, marked)).isFalse();
    }

    /** A person's load balancer has the mark while a Service is attached, and other clusters may be attached too. */
    @ParameterizedTest
    @ValueSource(strings = {"kube_service_prod_b_c", "teamlb"})
    void anotherClustersNameIsNotOursWithoutTheMarkNorOnWhatAPersonMade(String name) {
        String prod = "kube_service_prod_b_c";
        LoadBalancer loadBalancer =
                name.equals(prod) ? loadBalancer(name, prod) : loadBalancer(name, prod, WEB_NAME, MARK);
        assertThat(WEB.createdForService(loadBalancer)).isFalse();
        assertThat(WEB.goesWithLastService(loadBalancer)).isFalse();
        assertThat(WEB.owns(listener("x", prod), loadBalancer)).isFalse();
        assertThat(WEB.ownedByAnother(listener("x", prod), loadBalancer)).isTrue();
        assertThat(WEB.owns(pool("pool_0_" + prod), loadBalancer)).isFalse();
        assertThat(WEB.sharedWithOthers(tree(loadBalancer))).isTrue();
        assertThat(WEB.isFormer(prod, loadBalancer)).isFalse();
    }

    @Test
    void anotherClustersMarkIsNeverOurs() {
        LoadBalancer another = loadBalancer(WEB_NAME, WEB_NAME, "octavia-lb:cluster=id-2");
        assertThat(WEB.createdForService(another)).isFalse();
        assertThat(WEB.goesWithLastService(another)).isFalse();
    }

    @Test
    void markIsPutOnWhatWasMadeForTheServiceOrByAPerson() {
        assertThat(WEB.mayMark(loadBalancer(WEB_NAME))).isTrue();
        assertThat(WEB.mayMark(loadBalancer("teamlb"))).isTrue();
        assertThat(WEB.mayMark(loadBalancer("kube_service_kubernetes_b_d"))).isFalse();
        assertThat(WEB.mayMark(loadBalancer("kube_service_prod_b_c"))).isFalse();
        assertThat(WEB.mayMark(loadBalancer("a" + "0123456789abcdef".repeat(2).substring(1))))
                .isFalse();
    }

    @Test
    void lastServiceTakesAlongWhatItsClusterMade() {
        assertThat(WEB.goesWithLastService(loadBalancer("kube_service_kubernetes_b_d", MARK)))
                .isTrue();
        assertThat(WEB.goesWithLastService(loadBalancer("kube_service_kubernetes_b_d")))
                .isFalse();
        assertThat(WEB.goesWithLastService(loadBalancer("teamlb", MARK))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool_x_kube_service_kubernetes_b_c",
                "pool_00000_kube_service_kubernetes_b_c",
                "listener_0_kube_service_kubernetes_b_c",
                "pool_0_kube_service_kubernetes_b_c_copy",
                "pool_0_",
                "pool of hand"
            })
    void onlyIndexedNamesAreOurs(String name) {
        assertThat(WEB.owns(pool(name), loadBalancer(WEB_NAME, MARK))).isFalse();
    }

    @Test
    void legacyNameIsOurs() {
        assertThat(WEB.legacyLoadBalancerName()).isEqualTo("a1c5e0f5200004000800001");
        assertThat(WEB.createdForService(loadBalancer("a1c5e0f5200004000800001")))
                .isTrue();
        assertThat(WEB.owns(pool("pool_a1c5e0f5200004000800001_0"), UNMARKED)).isTrue();
        assertThat(WEB.owns(pool("pool_0_a1c5e0f5200004000800001"), UNMARKED)).isTrue();
        assertThat(WEB.owns(pool("pool_0_a2c5e0f5200004000800001"), UNMARKED)).isFalse();
    }

    @Test
    void sharingIsSeenByTagAndByListener() {
        LoadBalancer ours = loadBalancer(WEB_NAME, WEB_NAME);
        assertThat(WEB.sharedWithOthers(tree(ours, listener("x", WEB_NAME), listener("by hand"))))
                .isFalse();
        assertThat(WEB.sharedWithOthers(tree(loadBalancer(WEB_NAME, WEB_NAME, "kube_service_kubernetes_b_d"))))
                .isTrue();
        assertThat(WEB.sharedWithOthers(tree(ours, listener("x", "kube_service_kubernetes_b_d"))))
                .isTrue();
        assertThat(WEB.sharedWithOthers(tree(ours, listener("listener_0_kube_service_kubernetes_b_d"))))
                .isTrue();
    }

    @Test
    void listenerIsTakenOnlyWhereTheReferenceLeftItUntagged() {
        LoadBalancer ours = loadBalancer(WEB_NAME, WEB_NAME);
        LoadBalancer persons = loadBalancer("mine");
        assertThat(WEB.mayTake(listener("any"), ours)).isTrue();
        assertThat(WEB.mayTake(listener("any", WEB_NAME), persons)).isTrue();
        assertThat(WEB.mayTake(listener("any"), persons)).isFalse();
        assertThat(WEB.mayTake(listener("any", "my tag"), ours)).isFalse();
        assertThat(WEB.mayTake(listener("any", "kube_service_kubernetes_b_d"), ours))
                .isFalse();
        assertThat(WEB.mayTake(listener("listener_0_kube_service_kubernetes_b_d"), ours))
                .isFalse();
    }

    @Test
    void floatingIpIsOursByPhraseAndMark() {
        String phrase = "loating IP for Kubernetes external service b/c from cluster ";
        assertThat(List.of(
                        WEB.floatingIpDescription(),
                        "F" + phrase + "kubernetes",
                        "f" + phrase + "kubernetes",
                        "F" + phrase + "renamed octavia-lb:cluster=id-1"))
                .allSatisfy(description -> assertThat(WEB.createdForService(floatingIp(description)))
                        .isTrue());
        assertThat(List.of(
                        "F" + phrase + "prod",
                        "F" + phrase + "kubernetes octavia-lb:cluster=id-2",
                        "F" + phrase.replace("b/c", "a-b/c") + "kubernetes",
                        "F" + phrase.replace("b/c", "b/c-d") + "kubernetes",
                        "bought by Bob for b/c "))
                .allSatisfy(description -> assertThat(WEB.createdForService(floatingIp(description)))
                        .isFalse());
    }

    @Test
    void floatingIpOfADepartedServiceGoesWithItsLoadBalancerOnly() {
        String web = "Floating IP for Kubernetes external service b/c from cluster ";
        Ownership mail = of("kubernetes", "b", "d");
        FloatingIp marked = floatingIp(web + "kubernetes octavia-lb:cluster=id-1");
        assertThat(mail.goesWith(loadBalancer(WEB_NAME, MARK), marked)).isTrue();
        assertThat(mail.goesWith(loadBalancer(WEB_NAME), marked)).isFalse();
        assertThat(mail.goesWith(loadBalancer("teamlb", MARK), marked)).isFalse();
        assertThat(mail.goesWith(loadBalancer("kube_service_kubernetes_b_e", MARK), marked))
                .isFalse();
        assertThat(mail.goesWith(loadBalancer(WEB_NAME, MARK), floatingIp(web + "kubernetes")))
                .isFalse();
        assertThat(WEB.goesWith(loadBalancer("kube_service_old_b_c", MARK), floatingIp(web + "old")))
                .isTrue();
        assertThat(WEB.goesWith(loadBalancer("kube_service_old_b_c"), floatingIp(web + "old")))
                .isFalse();
    }

    private static LoadBalancerTree tree(LoadBalancer loadBalancer, Listener... listeners) {
        return new LoadBalancerTree(loadBalancer, List.of(listeners), List.of());
    }

    private static LoadBalancer loadBalancer(String name, String... tags) {
        return loadBalancer(name, "", List.of(tags));
    }

    private static LoadBalancer described(String description) {
        return loadBalancer(WEB_NAME, description, List.of());
    }

    private static LoadBalancer loadBalancer(String name, String description, List<String> tags) {
        return new LoadBalancer(
                "lb",
                name,
                description,
                "ACTIVE",
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                tags,
                null);
    }

    private static Listener listener(String name, String... tags) {
        return new Listener(
                "id",
                name,
                null,
                null,
                "TCP",
                80,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of(),
                null,
                null,
                List.of(tags));
    }

    private static Pool pool(String name) {
        return new Pool("id", name, null, "TCP", "ROUND_ROBIN", null, null, List.of(), List.of());
    }

    private static FloatingIp floatingIp(String description) {
        return new FloatingIp("id", "net", "203.0.113.1", null, description);
    }
}
