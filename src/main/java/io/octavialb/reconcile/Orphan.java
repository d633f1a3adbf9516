package io.octavialb.reconcile;

import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import java.util.List;
import java.util.Map;

/**
 * Something in the cloud that is for a Service that does not exist.
 *
 * @param standIn that Service, as far as the cloud tells, so that releasing it removes the orphan: nothing else decides
 *     what may be deleted
 * @param onlyGroup whether it is the security group of an earlier Service of that namespace and name: all the rest that
 *     goes by the name belongs to the one that is there
 */
public record Orphan(Service standIn, boolean onlyGroup) {
    static Orphan of(ObjectKey service, String uid, Map<String, String> annotations) {
        return new Orphan(standIn(service, uid, annotations), false);
    }

    static Orphan onlyGroup(ObjectKey service, String uid) {
        return new Orphan(standIn(service, uid, Map.of()), true);
    }

    public ObjectKey key() {
        return standIn.key();
    }

    /** Whether a Service that is there says that this is none. */
    public boolean belongsTo(Service present) {
        return onlyGroup ? present.uid().equals(standIn.uid()) : present.key().equals(key());
    }

    private static Service standIn(ObjectKey service, String uid, Map<String, String> annotations) {
        return new Service(
                service,
                uid,
                annotations,
                List.of(),
                true,
                "LoadBalancer",
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                "Cluster",
                0,
                "None",
                null,
                List.of(),
                List.of());
    }
}
