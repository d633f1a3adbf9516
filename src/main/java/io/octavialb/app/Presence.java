package io.octavialb.app;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.octavialb.kubernetes.ClusterReader;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.reconcile.Orphan;
import java.util.List;
import java.util.function.Supplier;

/** Which Services a cluster has at the moment of asking, of those that may have something in the cloud. */
interface Presence {
    /** Of a cluster that is no more. */
    Presence OF_NONE = new Presence() {
        @Override
        public List<Service> services() {
            return List.of();
        }

        @Override
        public boolean claims(Orphan orphan) {
            return false;
        }
    };

    /** Throws when the cluster can't be asked: nothing is known to be an orphan then. */
    List<Service> services() throws StartupException;

    /** Whether the orphan's Service is there after all. */
    boolean claims(Orphan orphan) throws StartupException;

    static Presence in(ClusterReader cluster) {
        return new Presence() {
            @Override
            public List<Service> services() throws StartupException {
                return asked(cluster::withLoadBalancers);
            }

            @Override
            public boolean claims(Orphan orphan) throws StartupException {
                return asked(() -> cluster.withLoadBalancer(orphan.key()))
                        .filter(orphan::belongsTo)
                        .isPresent();
            }
        };
    }

    /** What is asked of Kubernetes. */
    static <T> T asked(Supplier<T> question) throws StartupException {
        try {
            return question.get();
        } catch (KubernetesClientException | IllegalStateException e) {
            throw new StartupException(
                    "Kubernetes: " + OneLine.of(e)
                            + "\nNothing is known to be an orphan while its Service may exist; if the cluster is gone, say "
                            + "--cluster-gone",
                    e);
        }
    }
}
