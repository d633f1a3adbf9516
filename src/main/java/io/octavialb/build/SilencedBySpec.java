package io.octavialb.build;

import io.octavialb.config.Asked;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.Notice;
import io.octavialb.model.kubernetes.Service;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Annotations without effect, because of what {@code spec} says. */
record SilencedBySpec(Service service, LoadBalancerSettings settings) {
    private static final String SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

    Set<Notice> notices() {
        Set<Notice> notices = new LinkedHashSet<>();
        if (service.ipFamilies().size() == 1) {
            settings.asked()
                    .find("additional-subnet-id")
                    .ifPresent(asked -> notices.add(new Notice(
                            EventReasons.ANNOTATION_IGNORED,
                            asked + ": is not read, for spec.ipFamilies has " + service.primaryFamily()
                                    + " only: remove it, or ask for a second family")));
        }
        if (!service.loadBalancerSourceRanges().isEmpty()) {
            settings.ports().values().stream()
                    .flatMap(port -> port.asked().find(SOURCE_RANGES).stream())
                    .sorted(Comparator.comparing(Asked::key))
                    .forEach(asked -> notices.add(new Notice(
                            EventReasons.ANNOTATION_IGNORED,
                            asked + ": is not read, for spec.loadBalancerSourceRanges comes first: remove one of the"
                                    + " two")));
        }
        return notices;
    }
}
