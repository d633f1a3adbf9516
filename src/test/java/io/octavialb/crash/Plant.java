package io.octavialb.crash;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.openstack.Octavia;
import io.octavialb.reconcile.ServiceReconciliation;

/** A bug that is planted into the controller, to see whether it is found. */
interface Plant {
    Plant NONE = new Plant() {};

    default Octavia octavia(Octavia real) {
        return real;
    }

    default ServiceReconciliation reconciliation(ServiceReconciliation real, KubernetesClient client) {
        return real;
    }
}
