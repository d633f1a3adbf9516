package io.octavialb.build;

import io.octavialb.model.Notice;
import io.octavialb.model.desired.Desired;
import java.util.List;

/** What a Service came to: a desired load balancer, or why there can be none. */
public sealed interface Built {

    /**
     * The Service can be served.
     *
     * @param notices what of it could not be honoured
     */
    record Ready(Desired desired, List<Notice> notices) implements Built {
        public Ready {
            notices = List.copyOf(notices);
        }
    }

    /** The Service is refused; nothing in the cloud may change for it. */
    record Refused(List<Notice> problems) implements Built {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
