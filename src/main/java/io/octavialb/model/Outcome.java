package io.octavialb.model;

import io.octavialb.model.kubernetes.Ingress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one pass over a Service came to; status, events and the next pass follow from it alone. */
public sealed interface Outcome {

    /**
     * Which load balancer serves the Service; recorded in its annotations as soon as it is known.
     *
     * @param own whether it was made for the Service; else the Service joined it
     * @param address the floating IP, else the VIP; null until known
     * @param vipAddress the VIP's addresses, separated by commas, once the load balancer that was made for this Service
     *     is ACTIVE; empty when it was made for another, or by a person; null until known
     */
    record Identity(
            String loadBalancerId,
            boolean own,
            @Nullable String address,
            @Nullable String vipAddress) {
        /** Before the load balancer is ACTIVE. */
        public Identity(String loadBalancerId, boolean own, @Nullable String address) {
            this(loadBalancerId, own, address, null);
        }

        public Identity withoutAddress() {
            return new Identity(loadBalancerId, own, null);
        }

        public LoadBalancerRecord record() {
            return new LoadBalancerRecord(own, loadBalancerId);
        }
    }

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
     * The load balancer is there and as it should be, except for what is listed: that is left as it was.
     *
     * @param changed as of {@link Converged}
     * @param failures what could not be made right; never empty
     * @param notices what else could not be honoured
     */
    record Partial(
            Identity identity, List<Ingress> ingress, boolean changed, List<Failure> failures, List<Notice> notices)
            implements Outcome {
        public Partial {
            ingress = List.copyOf(ingress);
            failures = List.copyOf(failures);
            notices = List.copyOf(notices);
        }

        /** Whether it can come right without anybody changing the Service. */
        public boolean retryable() {
            return failures.stream().anyMatch(Failure::retryable);
        }

        /** All that the owner should know, what failed first. */
        public List<Notice> allNotices() {
            return Stream.concat(failures.stream().map(Failure::notice), notices.stream())
                    .toList();
        }
    }

    /**
     * Something of a Service that could not be made right while the rest was.
     *
     * @param port null: it is not about one port alone
     */
    record Failure(@Nullable ListenerKey port, Notice notice, boolean retryable) {}

    /**
     * A load balancer is PENDING; the shared watch wakes the Service when it no longer is. Neither error nor event.
     *
     * @param identity null for a Service that is being released, and for a load balancer that is going
     * @param reason for the log, as in {@code load balancer 1f2e… is PENDING_CREATE}
     * @param notices what could not be honoured; null: the pass did not come to know, so what was said before stands
     */
    record Waiting(
            @Nullable Identity identity,
            String reason,
            @Nullable List<Notice> notices) implements Outcome {
        public Waiting {
            notices = notices == null ? null : List.copyOf(notices);
        }

        /** As long as it is not known what could not be honoured. */
        public Waiting(@Nullable Identity identity, String reason) {
            this(identity, reason, null);
        }

        /** Those that this pass came to know. */
        public List<Notice> knownNotices() {
            return notices == null ? List.of() : notices;
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
