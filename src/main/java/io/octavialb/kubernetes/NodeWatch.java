package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.octavialb.build.EligibleNodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps all nodes at hand and tells when one of them changed in a way that can change members.
 *
 * <p>Kubelets write heartbeats and conditions all the time; only what an eligible node's membership depends on counts.
 */
final class NodeWatch implements AutoCloseable {
    private final SharedIndexInformer<Node> informer;
    private final Map<String, io.octavialb.model.kubernetes.Node> eligible = new HashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final Runnable changed;
    private boolean begun;

    NodeWatch(KubernetesClient client, Runnable changed) {
        this.changed = changed;
        this.informer = client.nodes().runnableInformer(0);
        informer.addEventHandler(new Changes());
    }

    /** Returns when all nodes have been listed; throws what the API server refuses. */
    void start() {
        informer.run();
        begin();
    }

    /** The nodes that are there at the start are no change, whenever the informer gets round to telling of them. */
    private void begin() {
        synchronized (eligible) {
            nodes().stream()
                    .filter(EligibleNodes::isEligible)
                    .forEach(node -> eligible.put(node.name(), relevant(node)));
            begun = true;
        }
    }

    /** All nodes, eligible or not. */
    List<io.octavialb.model.kubernetes.Node> nodes() {
        return informer.getStore().list().stream().map(Conversion::node).toList();
    }

    /** Counts the changes that matter. */
    long version() {
        return version.get();
    }

    boolean healthy() {
        return informer.isWatching();
    }

    @Override
    public void close() {
        informer.close();
    }

    private void update(String name, io.octavialb.model.kubernetes.Node node, boolean present) {
        synchronized (eligible) {
            boolean same = (present && EligibleNodes.isEligible(node))
                    ? relevant(node).equals(eligible.put(name, relevant(node)))
                    : eligible.remove(name) == null;
            if (same || !begun) {
                return;
            }
            version.incrementAndGet();
        }
        changed.run();
    }

    /** The node without what only decides whether it is eligible. */
    private static io.octavialb.model.kubernetes.Node relevant(io.octavialb.model.kubernetes.Node node) {
        return new io.octavialb.model.kubernetes.Node(
                node.name(), node.labels(), Set.of(), false, node.providerId(), node.addresses());
    }

    private final class Changes implements ResourceEventHandler<Node> {
        @Override
        public void onAdd(Node node) {
            update(node.getMetadata().getName(), Conversion.node(node), true);
        }

        @Override
        public void onUpdate(Node before, Node after) {
            onAdd(after);
        }

        @Override
        public void onDelete(Node node, boolean finalStateUnknown) {
            update(node.getMetadata().getName(), Conversion.node(node), false);
        }
    }
}
