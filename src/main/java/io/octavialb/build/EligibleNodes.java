package io.octavialb.build;

import io.octavialb.model.kubernetes.Node;
import java.util.List;
import java.util.Set;

/**
 * The nodes that may be members of any load balancer, by the rules of Kubernetes' service controller.
 *
 * <p>A node is left out while it is being deleted, while the cluster autoscaler is about to delete it, and when its
 * label {@value #EXCLUDE} is anything but false. Whether it is Ready does not matter: health checks tell.
 */
public final class EligibleNodes {
    public static final String EXCLUDE = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final String TO_BE_DELETED = "ToBeDeletedByClusterAutoscaler";

    /** As Go's {@code strconv.ParseBool} reads it. */
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private EligibleNodes() {}

    public static List<Node> of(List<Node> nodes) {
        return nodes.stream().filter(EligibleNodes::isEligible).toList();
    }

    public static boolean isEligible(Node node) {
        return !node.deleting()
                && !node.taints().contains(TO_BE_DELETED)
                && FALSE.contains(node.labels().getOrDefault(EXCLUDE, "false"));
    }
}
