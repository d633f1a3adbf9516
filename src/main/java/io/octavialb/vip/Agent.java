package io.octavialb.vip;

import io.octavialb.net.Link;
import io.octavialb.net.LinkEvent;
import io.octavialb.net.Netlink;
import io.octavialb.net.NetlinkMonitor;
import io.octavialb.net.Poller;
import io.octavialb.net.Realtime;
import io.octavialb.net.SystemCallException;
import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.ConfigProblem;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.VirtualAddress;
import io.octavialb.vrrp.Action;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Role;
import io.octavialb.vrrp.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
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
    private final NetlinkMonitor monitor;
    private final NodeView node = new NodeView();
    private final Addresses addresses;
    private final Receiving receiving;
    private final Notifications notifications;
    private final Leftovers leftovers;
    private final AgentMetrics metrics;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final List<Instance> leaving = new ArrayList<>();
    private final Map<String, Health> health = new HashMap<>();
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final CountDownLatch firstTurn = new CountDownLatch(1);
    private Groups groups = new Groups(List.of());
    private boolean dirty;
    private boolean overrun;
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
        monitor = NetlinkMonitor.open();
        poller.add(monitor.fd());
        addresses = new Addresses(netlink, node);
        receiving = new Receiving(poller, metrics);
        readNode();
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
        monitor.drain(this::hear);
        if (overrun) {
            readNodeAgain();
        }
        receiving.drain(instances.values(), leaving);
        takeMessages();
        if (dirty || lookAgain <= System.nanoTime()) {
            look();
        }
        turns(System.nanoTime());
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

    private void readNode() throws SystemCallException {
        node.replace(netlink.links(), netlink.addresses());
        overrun = false;
        dirty = true;
    }

    /** Events were lost. A failure here must not keep advertisements waiting: it is tried again soon. */
    private void readNodeAgain() {
        try {
            readNode();
            everybody().forEach(this::missed);
        } catch (SystemCallException e) {
            LOG.error("interfaces could not be read, which is tried again: {}", e.getMessage());
            lookAgain = System.nanoTime() + SOON;
        }
    }

    private List<Instance> everybody() {
        List<Instance> all = new ArrayList<>(instances.values());
        all.addAll(leaving);
        return all;
    }

    private void hear(LinkEvent event) {
        dirty = true;
        switch (event) {
            case LinkEvent.Overrun _ -> {
                LOG.warn("more changes of interfaces than the kernel could tell: all are read again");
                overrun = true;
            }
            case LinkEvent.AddressRemoved(var address) -> {
                node.apply(event);
                everybody().forEach(instance -> lost(instance, address.linkIndex(), address.address()));
            }
            case LinkEvent.LinkRemoved removed -> {
                node.apply(event);
                addresses.forget(removed.index());
            }
            case LinkEvent.LinkChanged _, LinkEvent.AddressAdded _ -> node.apply(event);
        }
    }

    private void lost(Instance instance, int linkIndex, IpAddress address) {
        boolean own = instance.holds()
                && instance.held()
                        .anyMatch(one -> one.address().equals(address)
                                && node.nameOf(linkIndex).equals(Addresses.device(instance.settings(), one)));
        if (own) {
            instance.tell(new Event.AddressLost());
        }
    }

    private void missed(Instance instance) {
        boolean absent = instance.held().anyMatch(one -> addresses.absent(instance.settings(), one));
        if (instance.holds() && absent) {
            instance.tell(new Event.AddressLost());
        }
    }

    private void takeMessages() {
        for (Message message = messages.poll(); message != null; message = messages.poll()) {
            switch (message) {
                case Message.CheckChanged(var check, var now) -> {
                    health.put(check, now);
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
        change.added()
                .forEach(one -> instances.put(
                        one.name(), new Instance(one, groups.has(one.name()), addresses, metrics, this::changed)));
        settings.instances().forEach(this::reconfigure);
        leftovers.remove(node, everybody(), netlink);
        dirty = true;
        return problems;
    }

    private void reconfigure(InstanceSettings now) {
        Instance instance = instances.get(now.name());
        if (instance != null) {
            instance.reconfigure(now, groups.has(now.name()));
        }
    }

    private final Standing.Conditions conditions = new Standing.Conditions() {
        @Override
        public boolean up(String interfaceName) {
            return node.up(interfaceName);
        }

        @Override
        public Health check(String name) {
            return health.getOrDefault(name, Health.UNKNOWN);
        }
    };

    private void look() {
        dirty = false;
        lookAgain = State.NEVER;
        receiving.open(everybody(), node); // a router that gives up waits for its successor's advertisement
        for (Instance instance : instances.values()) {
            InstanceSettings settings = instance.settings();
            Optional<IpAddress> source = source(settings);
            Standing standing = Standing.of(
                    settings,
                    groups.interfaces(settings),
                    groups.checks(settings),
                    unusable(settings, source),
                    conditions);
            instance.look(node, source, standing);
        }
        if (receiving.deaf() || instances.values().stream().anyMatch(Instance::wantsAnotherLook)) {
            lookAgain = System.nanoTime() + SOON;
        }
    }

    private Optional<IpAddress> source(InstanceSettings settings) {
        Link link = node.link(settings.interfaceName());
        if (link == null) {
            return Optional.empty();
        }
        return settings.source().isPresent()
                ? settings.source().filter(address -> node.has(link, address))
                : node.primary(link, settings.family(), virtualAddresses());
    }

    private Set<IpAddress> virtualAddresses() {
        return instances.values().stream()
                .flatMap(Instance::held)
                .map(VirtualAddress::address)
                .collect(Collectors.toSet());
    }

    /** Why nothing can be sent or heard; empty when it can. */
    private String unusable(InstanceSettings settings, Optional<IpAddress> source) {
        String name = settings.interfaceName();
        Link link = node.link(name);
        if (link == null) {
            return "interface " + name + " is not there";
        }
        if (!link.up()) {
            return "interface " + name + " is down";
        }
        if (source.isEmpty()) {
            return settings.source().isPresent()
                    ? "address " + settings.source().get() + " is not on " + name
                    : name + " has no " + (settings.family() == Family.IPV4 ? "IPv4" : "link-local IPv6")
                            + " address to send from";
        }
        return receiving.deafness(link, settings.family());
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
        for (Instance instance : everybody()) {
            if (instance.holds()) {
                instance.held().forEach(address -> addresses.remove(instance.settings(), address));
            }
        }
        close();
    }

    private void close() {
        leaving.forEach(Instance::close);
        instances.values().forEach(Instance::close);
        receiving.close();
        addresses.close();
        monitor.close();
        netlink.close();
        poller.close();
    }
}
