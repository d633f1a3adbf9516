package io.octavialb.reconcile;

import io.octavialb.model.Facts;
import io.octavialb.model.Notice;
import java.util.List;

/** What the names in a Service's settings stand for in the cloud, or why they stand for nothing. */
sealed interface Resolution {
    record Resolved(Facts facts) implements Resolution {}

    record Unresolved(List<Notice> problems) implements Resolution {
        public Unresolved {
            problems = List.copyOf(problems);
        }
    }
}
