package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.observed.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a pool's members differ from what they should be; a member's identity is its address and port. */
public record MemberDifference(List<DesiredMember> added, List<ChangedMember> changed, List<Member> removed) {

    /** A member that exists and has to change. */
    public record ChangedMember(DesiredMember desired, Member member, Changes changes) {
        /** The subnet changes with the batch of all members only: {@code PUT} of one member refuses it. */
        boolean inAnotherSubnet() {
            return changes.body().containsKey(SUBNET);
        }
    }

    private static final String SUBNET = "subnet_id";

    private record Identity(String address, int port) {}

    public MemberDifference {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    /** As in {@code 1 missing, 2 different, 1 too many}. */
    @Override
    public String toString() {
        List<String> counts = new ArrayList<>();
        count(counts, added, "missing");
        count(counts, changed, "different");
        count(counts, removed, "too many");
        return String.join(", ", counts);
    }

    private static void count(List<String> counts, List<?> members, String what) {
        if (!members.isEmpty()) {
            counts.add(members.size() + " " + what);
        }
    }

    static MemberDifference between(List<DesiredMember> desired, List<Member> observed) {
        return between(desired, observed, false);
    }

    /** @param subnetsKept whether a member of another subnet is no difference */
    static MemberDifference between(List<DesiredMember> desired, List<Member> observed, boolean subnetsKept) {
        Map<Identity, Member> left = new LinkedHashMap<>();
        observed.forEach(member -> left.put(new Identity(member.address(), member.protocolPort()), member));
        List<DesiredMember> added = new ArrayList<>();
        List<ChangedMember> changed = new ArrayList<>();
        for (DesiredMember member : desired) {
            Member existing = left.remove(new Identity(member.address(), member.protocolPort()));
            if (existing == null) {
                added.add(member);
                continue;
            }
            Changes changes = Fields.MEMBER.changes(member, existing);
            if (subnetsKept) {
                changes = changes.without(SUBNET);
            }
            if (!changes.isEmpty()) {
                changed.add(new ChangedMember(member, existing, changes));
            }
        }
        return new MemberDifference(added, changed, List.copyOf(left.values()));
    }
}
