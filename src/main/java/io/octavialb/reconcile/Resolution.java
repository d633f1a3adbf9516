package io.octavialb.reconcile;

import io.octavialb.model.Facts;
import io.octavialb.model.Notice;
import java.util.List;

/** What the names in a Service's settings stand for in the cloud, or why they stand for nothing. */
sealed interface Resolution {
    /**
     * Enough is known to go on.
     *
     * @param memberProblems why the members of the load balancer, which is there, stay in the subnet that they are in
     * @param floatingIpProblems why it is not known what floating IP the load balancer, which is there, should have
     */
    record Resolved(Facts facts, List<Notice> memberProblems, List<Notice> floatingIpProblems) implements Resolution {
        public Resolved {
            memberProblems = List.copyOf(memberProblems);
            floatingIpProblems = List.copyOf(floatingIpProblems);
        }
    }

    record Unresolved(List<Notice> problems) implements Resolution {
        public Unresolved {
            problems = List.copyOf(problems);
        }
    }
}
