package io.octavialb.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.observed.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberDifferenceTest {
    private static final DesiredMember WANTED = DesiredMember.serving("node-1", "10.0.0.1", 30080, "sub", null);

    private static Member member(String name, String address, int port, int weight) {
        return new Member("id-" + address, name, address, port, weight, false, true, "sub", null, null);
    }

    @Test
    void sameAddressAndPortIsTheSameMember() {
        Member same = member("node-1", "10.0.0.1", 30080, 1);
        assertThat(MemberDifference.between(List.of(WANTED), List.of(same)).isEmpty())
                .isTrue();
    }

    @Test
    void anotherPortIsAnotherMember() {
        Member other = member("node-1", "10.0.0.1", 30081, 1);
        MemberDifference difference = MemberDifference.between(List.of(WANTED), List.of(other));
        assertThat(difference.added()).containsExactly(WANTED);
        assertThat(difference.removed()).containsExactly(other);
        assertThat(difference.changed()).isEmpty();
    }

    @Test
    void whatDiffersIsNamed() {
        Member drained = member("old name", "10.0.0.1", 30080, 0);
        MemberDifference difference = MemberDifference.between(List.of(WANTED), List.of(drained));
        assertThat(difference.changed())
                .singleElement()
                .satisfies(changed -> assertThat(changed.changes().body())
                        .containsOnlyKeys("name", "weight")
                        .containsEntry("weight", 1));
        assertThat(difference.added()).isEmpty();
        assertThat(difference.removed()).isEmpty();
    }

    @Test
    void orderDoesNotMatter() {
        DesiredMember second = DesiredMember.serving("node-2", "10.0.0.2", 30080, "sub", null);
        assertThat(MemberDifference.between(
                                List.of(WANTED, second),
                                List.of(member("node-2", "10.0.0.2", 30080, 1), member("node-1", "10.0.0.1", 30080, 1)))
                        .isEmpty())
                .isTrue();
    }
}
