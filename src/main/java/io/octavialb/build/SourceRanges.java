package io.octavialb.build;

import io.octavialb.config.Cidr;
import io.octavialb.config.PortSettings;
import io.octavialb.model.Notice;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may reach the VIP: {@code spec.loadBalancerSourceRanges}, else the annotation, else everyone.
 *
 * <p>Octavia refuses a CIDR of a family that the VIP has not, and opens a listener with an empty list to all. So ranges
 * are filtered by family, and ranges that leave nothing are a refusal, never an empty list.
 *
 * @param cidrs in canonical form, without repetitions; never empty unless there are problems
 * @param restricted whether the user set any
 */
record SourceRanges(List<String> cidrs, boolean restricted, List<Notice> problems) {
    private static final String FIELD = "spec.loadBalancerSourceRanges";

    static SourceRanges of(Service service, PortSettings settings, List<IpFamily> families) {
        List<Notice> problems = new ArrayList<>();
        List<Cidr> ranges = new ArrayList<>();
        if (service.loadBalancerSourceRanges().isEmpty()) {
            ranges.addAll(settings.sourceRanges() == null ? List.of() : settings.sourceRanges());
        } else {
            service.loadBalancerSourceRanges().forEach(text -> read(text, ranges, problems));
        }
        if (!problems.isEmpty()) {
            return new SourceRanges(List.of(), true, problems);
        }
        if (ranges.isEmpty()) {
            return new SourceRanges(families.stream().map(IpFamily::everything).toList(), false, problems);
        }
        List<String> ofFamily = ranges.stream()
                .filter(range -> families.contains(range.isIpv6() ? IpFamily.IPv6 : IpFamily.IPv4))
                .map(Cidr::toString)
                .distinct()
                .toList();
        if (ofFamily.isEmpty()) {
            problems.add(new Notice(
                    EventReasons.SYNC_FAILED,
                    "source ranges " + ranges + " hold no " + families.getFirst() + " range, but the VIP is "
                            + families.getFirst() + ", so nobody could reach it: add one, for example "
                            + families.getFirst().everything()));
        }
        return new SourceRanges(ofFamily, true, problems);
    }

    /** Told where the VIP has two families: one that no range fits is open to nobody. */
    Optional<Notice> closed(List<IpFamily> families) {
        return families.stream()
                .filter(family -> !cidrs.isEmpty() && cidrs.stream().noneMatch(range -> IpFamily.of(range) == family))
                .findFirst()
                .map(family -> new Notice(
                        EventReasons.FAMILY_CLOSED,
                        "source ranges " + cidrs + " hold no " + family + " range, so nobody reaches the VIP's "
                                + family + " address: add one, for example " + family.everything()));
    }

    private static void read(String text, List<Cidr> ranges, List<Notice> problems) {
        Optional<Cidr> range = Cidr.parse(text.strip());
        range.ifPresentOrElse(
                ranges::add,
                () -> problems.add(new Notice(
                        EventReasons.SYNC_FAILED,
                        FIELD + ": \"" + text + "\": not a CIDR such as 203.0.113.0/24 or 2001:db8::/32")));
    }
}
