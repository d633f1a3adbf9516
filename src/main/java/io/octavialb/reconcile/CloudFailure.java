package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.build.NamedIds;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Fault;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pass comes to when the cloud failed or refused a request: the user's to mend, to be waited for, or tried again. */
final class CloudFailure {
    private static final Logger LOG = LoggerFactory.getLogger(CloudFailure.class);

    private final Sight sight;

    CloudFailure(Sight sight) {
        this.sight = sight;
    }

    /** A refused creation is the user's to mend: most often an id that stands for nothing. */
    Outcome outcome(Service service, Ownership ownership, NamedIds namedIds, CloudException e) {
        Fault fault = e.fault();
        LOG.warn("{}: {}", service.key(), fault);
        return switch (fault.kind()) {
            case BAD_REQUEST -> refused(fault, namedIds);
            case NOT_FOUND ->
                fault.request().startsWith("POST") || namedIds.areNamedIn(fault.text())
                        ? refused(fault, namedIds)
                        : again(e);
            case CONFLICT -> conflict(service, ownership, e);
            case UNREACHABLE,
                    NO_ANSWER,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    TOO_MANY_REQUESTS,
                    SERVER_ERROR,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    TENURE_OVER,
                    NO_ENDPOINT -> again(e);
        };
    }

    /** Without the load balancer as the Service's: it is being released. */
    Outcome ofRelease(Service service, Ownership ownership, CloudException e) {
        Outcome outcome = outcome(service, ownership, NamedIds.NONE, e);
        return outcome instanceof Outcome.Waiting waiting ? new Outcome.Waiting(null, waiting.reason()) : outcome;
    }

    static Outcome again(CloudException e) {
        return new Outcome.Failed(e.fault().toString(), e);
    }

    private static Outcome refused(Fault fault, NamedIds namedIds) {
        String guilty = namedIds.toCheck(fault.text());
        String remedy = guilty.isEmpty() ? "" : ": check " + guilty;
        return new Outcome.Rejected(List.of(new Notice(EventReasons.SYNC_FAILED, fault + remedy)));
    }

    /** Decided by the load balancer's status, not by the words of the answer. */
    private Outcome conflict(Service service, Ownership ownership, CloudException conflict) {
        try {
            LoadBalancer pending = sight.pendingAfterConflict(service, ownership);
            return pending == null ? again(conflict) : sight.waiting(service, ownership, pending);
        } catch (CloudException e) {
            return again(conflict);
        }
    }
}
