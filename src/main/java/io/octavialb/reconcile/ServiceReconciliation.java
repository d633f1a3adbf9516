package io.octavialb.reconcile;

import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import java.util.List;

/**
 * Brings the cloud one pass closer to what a Service asks for.
 *
 * <p>Passes over one Service never overlap; passes over different Services run side by side. What goes wrong
 * is an {@link Outcome}; an exception is a defect of this program. A pass blocks for HTTP calls and, without its permit (see
 * {@link PassPermits}), for its turn at a shared load balancer; never for a PENDING one.
 */
public interface ServiceReconciliation {
    /** Creates or changes what the Service needs; the nodes are all nodes of the cluster, eligible or not. */
    Outcome ensure(Service service, List<Node> nodes);

    /** Removes what was created for the Service; works whatever its annotations or the configuration say now. */
    Outcome release(Service service);
}
