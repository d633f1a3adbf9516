package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.net.Netlink;
import io.octavialb.vip.config.Notify;
import io.octavialb.vip.config.Place;
import io.octavialb.vip.config.SyncGroupSettings;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a sync group go together, and its programs are told once of each role that all have come to. */
class GroupsTest {
    private static final long NOW = 1_000_000_000;

    @TempDir
    private Path folder;

    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Notifications notifications = new Notifications(new Programs(Optional.empty()));
    private Netlink netlink;
    private Groups groups;

    @BeforeEach
    void twoOwnersInAGroup() throws IOException {
        netlink = Netlink.open();
        Addresses addresses = new Addresses(netlink, new NodeView());
        AgentMetrics metrics = new AgentMetrics();
        for (String name : List.of("inside", "outside")) {
            instances.put(
                    name,
                    new Instance(
                            Settings.instance(name, instances.size() + 1, 255, "192.0.2." + (instances.size() + 1)),
                            true,
                            addresses,
                            metrics,
                            (_, _) -> {}));
        }
        Notify.Command told = Settings.command("sh", "-c", "echo \"$@\" >> " + folder.resolve("told"), "sh");
        Notify any =
                new Notify(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(told));
        groups = new Groups(List.of(new SyncGroupSettings(
                "G", List.of("inside", "outside"), List.of(), List.of(), any, new Place("agent.yaml", 1))));
    }

    @AfterEach
    void close() {
        notifications.close();
        netlink.close();
    }

    /** Turns until nobody wants anything, as the agent takes them. */
    private void settle() {
        boolean again = true;
        for (int round = 0; again && round < 10; round++) {
            again = false;
            for (Instance instance : instances.values()) {
                again |= instance.turn(NOW);
            }
            groups.settle(instances);
        }
        groups.tell(instances, notifications);
    }

    private void start(String name) {
        Optional.ofNullable(instances.get(name)).orElseThrow().tell(new Event.Started());
    }

    private List<Role> roles() {
        return instances.values().stream().map(Instance::role).toList();
    }

    @Test
    void allAreActiveTogetherAndTheProgramIsToldOnce() throws IOException {
        start("inside");
        settle();
        assertThat(roles()).containsExactly(Role.BACKUP, Role.INITIALIZE);
        start("outside");
        settle();
        settle();
        assertThat(roles()).containsExactly(Role.ACTIVE, Role.ACTIVE);
        groups = groups.with(List.of());
        groups.tell(instances, notifications);
        notifications.close();
        assertThat(Files.readAllLines(folder.resolve("told"))).containsExactly("GROUP G MASTER 255");
    }

    @Test
    void aStopIsTold() throws IOException {
        groups.tellStop(notifications);
        notifications.close();
        assertThat(Files.readAllLines(folder.resolve("told"))).containsExactly("GROUP G STOP 0");
    }
}
