package io.octavialb.build;

import io.octavialb.model.Notice;
import io.octavialb.model.desired.Desired;
import java.util.List;

/**
 * What a Service came to.
 *
 * @param problems refuse a creation; on a load balancer that is there, what they are about is held
 * @param notices what else of the Service could not be honoured
 */
public record Built(Desired desired, List<Notice> problems, List<Notice> notices) {
    public Built {
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
    }
}
