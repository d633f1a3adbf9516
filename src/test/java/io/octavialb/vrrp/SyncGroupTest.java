package io.octavialb.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A sync group comes to rest: whatever happens to its members, a few wishes later it wants nothing more. */
class SyncGroupTest {
    private static final VirtualRouter ROUTER =
            RouterCase.read(JsonNodeFactory.instance.objectNode().put("inSyncGroup", true));

    @Test
    void wishesComeToAnEndAndMembersAgree() {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            List<State> members = new ArrayList<>();
            for (int i = 2 + random.nextInt(3); i > 0; i--) {
                members.add(StateMachine.initial(ROUTER));
            }
            long now = 0;
            for (int step = 0; step < 60; step++) {
                now += random.nextLong(2_000_000_000);
                int member = random.nextInt(members.size());
                turn(members, member, anyEvent(random), now);
                settle(members, now, seed);
                checkAgreement(members, seed);
            }
        }
    }

    private static void turn(List<State> members, int member, List<Event> events, long now) {
        members.set(
                member,
                StateMachine.turn(ROUTER, members.get(member), events, now).state());
    }

    private static void settle(List<State> members, long now, int seed) {
        int wishes = 0;
        boolean wanted = true;
        while (wanted) {
            wanted = false;
            for (int i = 0; i < members.size(); i++) {
                var role = SyncGroup.wants(members, i);
                if (role.isPresent()) {
                    turn(members, i, List.of(new Event.GroupWants(role.get())), now);
                    wanted = true;
                    wishes++;
                }
            }
            assertThat(wishes).as("wishes after one event, seed %s", seed).isLessThan(3 * members.size());
        }
    }

    /** Nobody is active beside a member in fault, or one that hears another active router. */
    private static void checkAgreement(List<State> members, int seed) {
        boolean active = members.stream().anyMatch(State.Active.class::isInstance);
        boolean against = members.stream()
                .anyMatch(state -> state.faults().own()
                        || (state instanceof State.Backup backup && backup.activeHeard() && !backup.waitsForGroup()));
        assertThat(active && against)
                .as("active against a member, seed %s", seed)
                .isFalse();
    }

    private static List<Event> anyEvent(Random random) {
        int priority = new int[] {0, 50, 100, 200}[random.nextInt(4)];
        return switch (random.nextInt(8)) {
            case 0 -> List.of(new Event.FaultBegan(Event.Fault.CHECK));
            case 1, 2 -> List.of(new Event.FaultEnded());
            case 3, 4 -> List.of(new Event.Started());
            case 5 ->
                List.of(new Event.Heard(
                        new Advertisement(
                                Version.V3, 51, priority, 100, ROUTER.addresses(), Authentication.None.INSTANCE),
                        IpAddress.parse("10.0.0.9")));
            case 6 -> List.of(new Event.PriorityChanged(1 + random.nextInt(254)));
            default -> List.of();
        };
    }
}
