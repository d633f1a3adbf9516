package io.octavialb.reconcile;

import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.plan.Plan;
import java.util.List;

/** What a pass would do, without doing it. */
public sealed interface Preview {
    /** It would carry out this plan, which may be empty. */
    record Plans(Plan plan, List<Notice> notices) implements Preview {
        public Plans {
            notices = List.copyOf(notices);
        }
    }

    /** It would change nothing, and end with this outcome. */
    record Stops(Outcome outcome) implements Preview {}
}
