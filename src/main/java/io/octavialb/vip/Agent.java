package io.octavialb.vip;

import io.octavialb.net.Netlink;
import io.octavialb.net.Poller;
import io.octavialb.net.Realtime;
import io.octavialb.net.SystemCallException;
import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.ConfigProblem;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vrrp.Action;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.Role;
import io.octavialb.vrrp.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds virtual addresses on this node: one thread that hears advertisements, kernel and other threads, takes the turns of its
 * instances, and does what they say.
 *
 * <p>What has arrived is taken before the clock is read and timers are looked at, so that a stall of this process is not taken
 * for the silence of another router.
 */
final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    /** Of turns at one time, while sync groups settle; the next moment is another chance. */
    private static final int MOST_ROUNDS = 16;

    /** In nanoseconds: until what the kernel refused is tried again. */
    private static final long SOON = 1_000_000_000;

    private final Poller poller;
    private final Netlink netlink;
    private final NodeView node = new NodeView();
    private final NodeWatch watch;
    private final Addresses addresses;
    private final Receiving receiving;
    private final Surroundings surroundings;
    private final Notifications notifications;
    private final Leftovers leftovers;
    private final AgentMetrics metrics;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final List<Instance> leaving = new ArrayList<>();
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final CountDownLatch firstTurn = new CountDownLatch(1);
    private Groups groups = new Groups(List.of());
    private boolean dirty;
    private long lookAgain = State.NEVER;
    private boolean rolesChanged;
    private boolean stopping;

    /** Throws SystemCallException when the kernel refuses a socket: the remedy is the capabilities NET_ADMIN and NET_RAW. */
    Agent(AgentMetrics metrics, Notifications notifications, Leftovers leftovers) throws SystemCallException {
        this.metrics = metrics;
        this.notifications = notifications;
        this.leftovers = leftovers;
        poller = Poller.open();
        netlink = Netlink.open();
        addresses = new Addresses(netlink, node);
        watch = NodeWatch.open(netlink, node, addresses);
        poller.add(watch.fd());
        receiving = new Receiving(poller, metrics);
        surroundings = new Surroundings(node, receiving);
        dirty = true;
    }

    /** Called from any thread. */
    void tell(Message message) {
        messages.add(message);
        poller.wake();
    }

    /** Runs until it is told to stop and all instances have given up their addresses. */
    void run(Optional<Integer> realtimePriority) {
        realtimePriority
                .flatMap(Realtime::enter)
                .ifPresent(why -> LOG.warn("not scheduled before others: {}", why.getMessage()));
        while (!stopping || !leaving.isEmpty()) {
            try {
                turn();
            } catch (SystemCallException e) {
                LOG.error("the kernel refused: {}", e.getMessage());
            }
            firstTurn.countDown();
        }
        close();
    }

    /** Called from any thread: until it runs and every instance has had its first chance. */
    void awaitFirstTurn() {
        try {
            firstTurn.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws SystemCallException {
        poller.await(nanosToDue(System.nanoTime()));
        dirty |= watch.drain(this::everybody);
        receiving.drain(instances.values(), leaving);
        takeMessages();
        if (dirty || lookAgain <= System.nanoTime()) {
            look();
        }
        long now = System.nanoTime();
        turns(now);
        planAnotherLook(now);
    }

    private long nanosToDue(long now) {
        long due = due();
        if (dirty || due <= now) {
            return 0;
        }
        return due == State.NEVER ? State.NEVER : due - now;
    }

    private long due() {
        long due = lookAgain;
        for (Instance instance : instances.values()) {
            due = Math.min(due, instance.due());
        }
        for (Instance instance : leaving) {
            due = Math.min(due, instance.due());
        }
        return due;
    }

    private List<Instance> everybody() {
        List<Instance> all = new ArrayList<>(instances.values());
        all.addAll(leaving);
        return all;
    }

    private void takeMessages() {
        for (Message message = messages.poll(); message != null; message = messages.poll()) {
            switch (message) {
                case Message.CheckChanged(var check, var now) -> {
                    surroundings.check(check, now);
                    dirty = true;
                }
                case Message.Reconfigure(var settings, var refused) -> configure(settings, refused);
                case Message.StatusAsked(var status) -> status.complete(status());
                case Message.Stop _ -> stop();
            }
        }
    }

    private void configure(AgentSettings settings, CompletableFuture<List<ConfigProblem>> refused) {
        try {
            refused.complete(configure(settings));
        } catch (RuntimeException e) {
            refused.completeExceptionally(e); // one that reads the configuration is told; the routers go on
        }
    }

    private AgentStatus status() {
        long now = System.nanoTime();
        return new AgentStatus(
                instances.values().stream().map(one -> one.status(now)).toList());
    }

    private void stop() {
        stopping = true;
        List.copyOf(instances.keySet()).forEach(this::leave);
        groups.tellStop(notifications);
    }

    private void leave(String name) {
        Instance instance = instances.remove(name);
        if (instance != null) {
            instance.tell(new Event.StopAsked());
            leaving.add(instance);
        }
    }

    /** Takes the settings on, unless this node speaks against them. Before {@link #run}, or on its thread. */
    List<ConfigProblem> configure(AgentSettings settings) {
        List<ConfigProblem> problems = leftovers.conflicts(settings, node, everybody());
        if (stopping || problems.stream().anyMatch(one -> one.severity() == ConfigProblem.Severity.ERROR)) {
            return problems;
        }
        leftovers.expect(settings);
        List<InstanceSettings> before =
                instances.values().stream().map(Instance::settings).toList();
        SettingsChange change = SettingsChange.between(before, settings);
        change.removed().forEach(one -> leave(one.name()));
        groups = groups.with(settings.syncGroups());
        surroundings.forgetOtherChecks(settings.checks());
        change.added()
                .forEach(one -> instances.put(
                        one.name(), new Instance(one, groups.has(one.name()), addresses, metrics, this::changed)));
        List<Runnable> additions = new ArrayList<>();
        settings.instances().forEach(one -> reconfigure(one, additions));
        additions.forEach(Runnable::run); // an address may have gone from one instance to another
        leftovers.remove(node, everybody(), netlink);
        dirty = true;
        return problems;
    }

    private void reconfigure(InstanceSettings now, List<Runnable> additions) {
        Instance instance = instances.get(now.name());
        if (instance != null) {
            additions.add(instance.reconfigure(now, groups.has(now.name())));
        }
    }

    private void look() {
        dirty = false;
        lookAgain = State.NEVER;
        receiving.open(everybody(), node); // a router that gives up waits for its successor's advertisement
        surroundings.look(instances.values(), groups);
    }

    /** What the kernel refused is tried again. */
    private void planAnotherLook(long now) {
        if (lookAgain == State.NEVER && (watch.blind() || receiving.deaf() || anyWantsAnotherLook())) {
            lookAgain = now + SOON;
        }
    }

    private boolean anyWantsAnotherLook() {
        for (Instance instance : instances.values()) {
            if (instance.wantsAnotherLook()) {
                return true;
            }
        }
        return false;
    }

    private void turns(long now) {
        boolean again = true;
        for (int round = 0; again && round < MOST_ROUNDS; round++) {
            again = false;
            for (Instance instance : instances.values()) {
                again |= instance.turn(now);
            }
            for (Instance instance : leaving) {
                again |= instance.turn(now);
            }
            if (again) {
                groups.settle(instances);
            }
        }
        if (rolesChanged) {
            rolesChanged = false;
            groups.tell(instances, notifications);
        }
        leaving.removeIf(this::left);
    }

    private boolean left(Instance instance) {
        boolean left = instance.role() == Role.INITIALIZE;
        if (left) {
            instance.close();
            String name = instance.settings().name();
            if (!instances.containsKey(name)) {
                metrics.forget(name);
            }
        }
        return left;
    }

    private void changed(Instance instance, Action.Changed change) {
        rolesChanged = true;
        InstanceSettings settings = instance.settings();
        notifications.tell(settings.notified(), "INSTANCE", settings.name(), change.to(), instance.priority());
    }

    /** Takes the addresses off at once: for when {@link #run} has ended by a defect. */
    void abandon() {
        firstTurn.countDown();
        everybody().forEach(Instance::drop);
        close();
    }

    private void close() {
        leaving.forEach(Instance::close);
        instances.values().forEach(Instance::close);
        receiving.close();
        addresses.close();
        watch.close();
        netlink.close();
        poller.close();
    }
}
