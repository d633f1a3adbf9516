package io.octavialb.plan;

import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.observed.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of a pool whose port is held: which there are, follows; how they are probed and reached, stays. */
final class HeldMembers {
    private HeldMembers() {}

    static List<DesiredMember> of(List<DesiredMember> wanted, List<Member> present) {
        return wanted.stream()
                .map(member -> like(sibling(member, present), member))
                .toList();
    }

    /** The member itself, else one that is in the same pool. */
    private static @Nullable Member sibling(DesiredMember wanted, List<Member> present) {
        return present.stream()
                .filter(member ->
                        member.address().equals(wanted.address()) && member.protocolPort() == wanted.protocolPort())
                .findFirst()
                .orElseGet(() -> present.isEmpty() ? null : present.getFirst());
    }

    private static DesiredMember like(@Nullable Member sibling, DesiredMember wanted) {
        return sibling == null
                ? wanted
                : new DesiredMember(
                        wanted.name(),
                        wanted.address(),
                        wanted.protocolPort(),
                        sibling.subnetId(),
                        wanted.weight(),
                        wanted.backup(),
                        wanted.adminStateUp(),
                        sibling.monitorAddress(),
                        sibling.monitorPort());
    }
}
