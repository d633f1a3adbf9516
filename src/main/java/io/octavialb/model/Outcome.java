package io.octavialb.model;

import io.octavialb.model.kubernetes.Ingress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one pass over a Service came to; status, events and the next pass follow from it alone. */
public sealed interface Outcome {

    /**
     * Which load balancer serves the Service; recorded in its annotations as soon as it is known.
     *
     * @param address the floating IP, else the VIP; null until known
     */
    record Identity(String loadBalancerId, @Nullable String address) {}

    /**
     * The cloud is as it should be.
     *
     * @param changed whether this pass, or the passes that waited before it, changed anything
     * @param notices what could not be honoured
     */
    record Converged(Identity identity, List<Ingress> ingress, boolean changed, List<Notice> notices)
            implements Outcome {
        public Converged {
            ingress = List.copyOf(ingress);
            notices = List.copyOf(notices);
        }
    }

    /**
     * A load balancer is PENDING; the shared watch wakes the Service when it no longer is. Neither error nor event.
     *
     * @param identity null for a Service that is being released, and for a load balancer that is going
     * @param reason for the log, as in {@code load balancer 1f2e… is PENDING_CREATE}
     */
    record Waiting(@Nullable Identity identity, String reason, List<Notice> notices) implements Outcome {
        public Waiting {
            notices = List.copyOf(notices);
        }
    }

    /** Nothing of the Service is left in the cloud: its finalizer may go. */
    record Released() implements Outcome {}

    /**
     * The user has to change something. Not retried before the drift period.
     *
     * <p>What is refused before the first request changes nothing in the cloud; what only the cloud can refuse (an id
     * that stands for nothing) may come after a change that was right.
     */
    record Rejected(List<Notice> problems) implements Outcome {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /** The cloud failed; retried with backoff. */
    record Failed(String message, Throwable cause) implements Outcome {}
}
