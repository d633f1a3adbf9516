package io.octavialb.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which nodes may be members, and by which address. */
class NodesTest {
    private static final String EXCLUDE = "node.kubernetes.io/exclude-from-external-load-balancers";

    private static Node node(Map<String, String> labels, Set<String> taints, boolean deleting) {
        return new Node("node", labels, taints, deleting, null, List.of());
    }

    private static Node at(Node.Address... addresses) {
        return new Node("node", Map.of(), Set.of(), false, null, List.of(addresses));
    }

    private static Node.Address address(String type, String address) {
        return new Node.Address(type, address);
    }

    @ParameterizedTest
    @CsvSource({"'',false", "true,false", "yes,false", "1,false", "fAlse,false", "false,true", "False,true", "0,true"})
    void labelExcludesUnlessItIsFalse(String value, boolean eligible) {
        assertThat(EligibleNodes.isEligible(node(Map.of(EXCLUDE, value), Set.of(), false)))
                .isEqualTo(eligible);
    }

    @Test
    void nodesOnTheirWayOutAreExcludedAndUnreadyOnesStay() {
        assertThat(EligibleNodes.isEligible(node(Map.of(), Set.of(), true))).isFalse();
        assertThat(EligibleNodes.isEligible(node(Map.of(), Set.of("ToBeDeletedByClusterAutoscaler"), false)))
                .isFalse();
        assertThat(EligibleNodes.isEligible(node(Map.of(), Set.of("node.kubernetes.io/not-ready"), false)))
                .isTrue();
    }

    @Test
    void internalBeforeExternalWhateverTheOrder() {
        Node node = at(
                address("Hostname", "10.0.0.9"), address("ExternalIP", "192.0.2.1"), address("InternalIP", "10.0.0.1"));
        assertThat(NodeAddresses.of(node, IpFamily.IPv4)).contains("10.0.0.1");
        assertThat(NodeAddresses.of(at(address("ExternalIP", "192.0.2.1")), IpFamily.IPv4))
                .contains("192.0.2.1");
    }

    @Test
    void onlyTheFamilyAndInCanonicalForm() {
        Node node = at(address("InternalIP", "10.0.0.1"), address("ExternalIP", "2001:DB8:0:0::0001"));
        assertThat(NodeAddresses.of(node, IpFamily.IPv6)).contains("2001:db8::1");
        assertThat(NodeAddresses.of(at(address("InternalIP", "10.0.0.1")), IpFamily.IPv6))
                .isEmpty();
        assertThat(NodeAddresses.of(at(address("Hostname", "10.0.0.1"), address("InternalIP", "soon")), IpFamily.IPv4))
                .isEmpty();
    }
}
