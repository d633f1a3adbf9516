package io.octavialb.vrrp.simulation;

import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.State;
import io.octavialb.vrrp.StateMachine;
import io.octavialb.vrrp.VirtualRouter;
import java.util.List;
import java.util.SplittableRandom;

/** What happens in one seed, and what has to hold. */
final class Scenario {
    private final Setting setting;
    private final World world;
    private final SplittableRandom random;

    private Scenario(long seed, Engine engine, boolean traced) {
        random = new SplittableRandom(seed);
        setting = Setting.draw(random);
        world = new World(setting.hosts(), engine, random, setting.maxDelay());
        world.traced = traced;
    }

    /** Throws {@link Violation} when an invariant does not hold. */
    static void run(long seed, Engine engine, boolean traced) {
        Scenario scenario = new Scenario(seed, engine, traced);
        scenario.startAll();
        scenario.pauseOfBackup();
        scenario.powerLossOfActive();
        scenario.partition();
        scenario.pauseOfActive();
        scenario.manyFaults();
        scenario.gracefulStop();
    }

    private void startAll() {
        world.note("start");
        for (Host host : setting.hosts()) {
            world.runUntil(world.now + random.nextLong(setting.interval() / 2));
            start(host);
        }
        settle();
    }

    /** Neither a pause of a backup's process nor one of its whole host is a reason to change anything. */
    private void pauseOfBackup() {
        world.note("pause of a backup");
        Host backup = pick();
        if (!backup.active()) {
            pause(backup, random.nextBoolean(), setting.interval() + random.nextLong(5 * setting.interval()));
        }
        quiet(8);
    }

    /** The active router is gone: one other becomes active, none besides it, and the clients follow. */
    private void powerLossOfActive() {
        world.note("power loss of the active router");
        Host active = settled();
        boolean separated = separated();
        world.resetCounts();
        crash(active, random.nextBoolean());
        settle();
        world.require(
                !separated || world.activations == 1, () -> world.activations + " routers became active after one");
        world.resetCounts();
        start(active);
        settle();
        world.require(world.activations <= 1, () -> world.activations + " changes to active after a return");
    }

    /** Each part has its active router; once healed, one interval and the packets' way are enough for one to be left. */
    private void partition() {
        world.note("partition");
        for (Host host : setting.hosts()) {
            world.part[host.id] = random.nextInt(2);
        }
        world.runUntil(world.now + setting.settles() + random.nextLong(setting.interval()));
        for (int part = 0; part < 2; part++) {
            int wanted = setting.hosts().stream()
                            .mapToInt(host -> world.part[host.id])
                            .boxed()
                            .toList()
                            .contains(part)
                    ? 1
                    : 0;
            int found = world.actives(part).size();
            world.require(found == wanted, () -> found + " active routers in a part of the network");
        }
        world.heal();
        world.note("healed");
        world.runUntil(world.now + setting.interval() + 4 * setting.maxDelay());
        int found = world.actives(0).size();
        world.require(found == 1, () -> found + " active routers an interval after healing");
        settle();
        quiet(6);
    }

    /** The active router does not run, another takes over, and it comes back: whoever is active then has the clients. */
    private void pauseOfActive() {
        world.note("pause of the active router");
        pause(settled(), random.nextBoolean(), random.nextLong(9 * setting.interval()));
        world.runUntil(world.now + 9 * setting.interval());
        settle();
    }

    /**
     * All at once. All announcements may be lost, or their sender's link break before it gives way: the clients are let ask anew
     * then, as they do when nobody answers.
     */
    private void manyFaults() {
        world.note("many faults");
        world.reorders = true;
        int faults = 1 + random.nextInt(6);
        for (int i = 0; i < faults; i++) {
            world.runUntil(world.now + random.nextLong(3 * setting.interval()));
            anyFault(pick());
        }
        world.runUntil(world.now + random.nextLong(4 * setting.interval()));
        world.note("all well");
        world.loss = 0;
        world.reorders = false;
        world.heal();
        for (Host host : setting.hosts()) {
            host.linkDown = false;
            host.pausedUntil = Math.min(host.pausedUntil, world.now);
            if (host.running) {
                world.happens(host, new Event.FaultEnded());
                world.happens(host, new Event.Started());
            } else {
                start(host);
            }
        }
        world.runUntil(world.now + setting.settles());
        world.clientsAsk(settled());
        quiet(6);
    }

    private void anyFault(Host host) {
        boolean owner = host.router.priority() == VirtualRouter.OWNER_PRIORITY;
        switch (random.nextInt(11)) {
            case 0 -> crash(host, random.nextBoolean());
            case 1 -> start(host);
            case 2 -> event(host, new Event.StopAsked());
            case 3 -> event(host, new Event.PriorityChanged(owner ? 255 : 1 + random.nextInt(254)));
            case 4, 5 -> pause(host, random.nextBoolean(), random.nextLong(8 * setting.interval()));
            case 6 -> world.part[host.id] = random.nextInt(2);
            case 7 -> world.loss = random.nextInt(3) * 0.25;
            case 8 -> event(host, new Event.FaultBegan(Event.Fault.CHECK));
            case 9 -> {
                host.linkDown = true;
                event(host, new Event.FaultBegan(Event.Fault.LINK));
            }
            default -> {
                host.linkDown = false;
                event(host, new Event.FaultEnded());
            }
        }
    }

    /** A stop that is asked for loses no packet of a client, unless two others become active at the same moment. */
    private void gracefulStop() {
        world.note("graceful stop");
        Host active = settled();
        world.resetCounts();
        world.clientsAreServed = separated();
        event(active, random.nextBoolean() ? new Event.StopAsked() : new Event.FaultBegan(Event.Fault.CHECK));
        settle();
        world.clientsAreServed = false;
    }

    /** Whether all priorities differ so much that the skews differ by more than packets and turns are late. */
    private boolean separated() {
        int[] priorities = setting.hosts().stream()
                .mapToInt(host -> host.state.priority())
                .sorted()
                .toArray();
        for (int i = 1; i < priorities.length; i++) {
            if (priorities[i] - priorities[i - 1] < 2) {
                return false;
            }
        }
        return true;
    }

    private Host pick() {
        return setting.hosts().get(random.nextInt(setting.hosts().size()));
    }

    private void start(Host host) {
        if (!host.running) {
            host.running = true;
            host.state = StateMachine.initial(host.router);
            host.queued.clear();
            host.pausedUntil = 0;
            world.happens(host, new Event.Started());
        }
    }

    /** Its process is killed and leaves the addresses in the kernel, or the whole host is without power. */
    private void crash(Host host, boolean killed) {
        host.running = false;
        host.holds &= killed;
        host.queued.clear();
    }

    private void event(Host host, Event event) {
        if (host.running) {
            world.happens(host, event);
        }
    }

    private void pause(Host host, boolean wholeHost, long nanos) {
        world.note("host " + host.id + " paused for " + nanos / 1000 + " us, whole: " + wholeHost);
        host.pausedUntil = world.now + nanos;
        host.hostPaused = wholeHost;
    }

    /** Lets the bounded time pass, and then exactly one router is active, the right one, and has the clients. */
    private void settle() {
        world.runUntil(world.now + setting.settles());
        world.checkClientsSendTo(settled());
    }

    private Host settled() {
        List<Host> actives = world.actives(0);
        world.require(actives.size() == 1, () -> actives.size() + " active routers");
        Host active = actives.getFirst();
        for (Host host : setting.hosts()) {
            boolean rival = host.running && host.state instanceof State.Backup;
            world.require(
                    !setting.preempt() || !rival || host.state.priority() <= active.state.priority(),
                    () -> "host " + host.id + " has a higher priority than the active router");
        }
        return active;
    }

    private void quiet(int intervals) {
        world.resetCounts();
        world.runUntil(world.now + intervals * setting.interval());
        world.require(world.changes == 0, () -> world.changes + " changes of role without a cause");
    }
}
