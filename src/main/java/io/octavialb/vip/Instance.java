package io.octavialb.vip;

import io.octavialb.net.Link;
import io.octavialb.net.SystemCallException;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.VirtualAddress;
import io.octavialb.vrrp.Action;
import io.octavialb.vrrp.Advertisement;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Role;
import io.octavialb.vrrp.State;
import io.octavialb.vrrp.StateMachine;
import io.octavialb.vrrp.Turn;
import io.octavialb.vrrp.Version;
import io.octavialb.vrrp.VirtualRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One virtual router at run time: what it is configured to be, where it stands, and what it sends through. One thread uses it. */
final class Instance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private final AgentMetrics metrics;
    private final AgentMetrics.OfInstance counters;
    private final Holding holding;
    private final Listener listener;
    private final Notices notices;
    private final List<Event> pending = new ArrayList<>();
    private InstanceSettings settings;
    private boolean inSyncGroup;
    private VirtualRouter router;
    private State state;
    private long since = System.nanoTime();
    private boolean started;
    private Standing standing;
    private @Nullable Sending sending;
    private @Nullable IpAddress heardActive;
    private String lastSendError = "";

    /** Is told of a change of role, after it has been acted on. */
    interface Listener {
        void changed(Instance instance, Action.Changed change);
    }

    Instance(
            InstanceSettings settings,
            boolean inSyncGroup,
            Addresses addresses,
            AgentMetrics metrics,
            Listener listener) {
        this.settings = settings;
        this.inSyncGroup = inSyncGroup;
        holding = new Holding(addresses, settings);
        this.metrics = metrics;
        this.listener = listener;
        counters = metrics.of(settings.name());
        notices = new Notices(metrics);
        router = routerOf(Optional.empty());
        state = StateMachine.initial(router);
        standing = new Standing(settings.priority(), List.of(), false, true);
        metrics.role(settings.name(), state.role(), state.priority());
    }

    private VirtualRouter routerOf(Optional<IpAddress> source) {
        return new VirtualRouter(
                settings.version(),
                settings.family(),
                settings.vrid(),
                settings.priority(),
                settings.intervalCentiseconds(),
                settings.preempt(),
                settings.preemptDelay().toNanos(),
                inSyncGroup,
                source.orElse(new IpAddress(settings.family(), 0, 0)),
                settings.addresses().stream().map(VirtualAddress::address).toList(),
                settings.authentication(),
                settings.checksum(),
                settings.announcements());
    }

    InstanceSettings settings() {
        return settings;
    }

    VirtualRouter router() {
        return router;
    }

    State state() {
        return state;
    }

    Role role() {
        return state.role();
    }

    /** Whether its addresses are on this node by its will. */
    boolean holds() {
        return state.role() == Role.ACTIVE || state.role() == Role.RELEASING;
    }

    /** When it wants its next turn, though nothing happens. */
    long due() {
        return pending.isEmpty() ? state.due() : Long.MIN_VALUE;
    }

    /** All virtual addresses, the excluded ones too. */
    Stream<VirtualAddress> held() {
        return settings.held();
    }

    /** Its neighbours may look for the addresses elsewhere: the interface has another hardware address, or was off. */
    void announceOn(String device) {
        if (holds()) {
            holding.announceOn(device);
        }
    }

    void drop() {
        if (holds()) {
            holding.drop();
        }
    }

    /**
     * Takes new settings for the same virtual router: it keeps its role, and gives the addresses that are none any more.
     *
     * @return to be run when all instances have done so: it gets the addresses that are new, which may have been another's
     */
    Runnable reconfigure(InstanceSettings now, boolean nowInSyncGroup) {
        boolean otherPath =
                !now.source().equals(settings.source()) || !now.peers().equals(settings.peers());
        if (inSyncGroup && !nowInSyncGroup && state.faults().group()) {
            pending.add(new Event.GroupWants(Role.BACKUP)); // nobody else will take back what the group wanted last
        }
        settings = now;
        inSyncGroup = nowInSyncGroup;
        router = routerOf(Optional.of(router.source()));
        if (otherPath) {
            closeSending();
        }
        return holding.reconfigure(now, holds());
    }

    /** Looks at what it depends on, as it is now, and opens or closes what it sends through. */
    void look(NodeView node, Optional<IpAddress> source, Standing now) {
        Link link = node.link(settings.interfaceName());
        Standing seen = now;
        if (link == null || !link.up() || source.isEmpty()) {
            closeSending();
        } else if (sending == null || !sending.fits(link, source.get())) {
            seen = open(link, source.get()).map(now::cutOffBy).orElse(now);
        }
        if (state.role() == Role.ACTIVE) {
            holding.restore();
        } else if (!holds()) {
            holding.clear();
        }
        compare(holding.fault().map(seen::withFault).orElse(seen));
    }

    /** Opens what it sends through; returns why it can't. */
    private Optional<String> open(Link link, IpAddress source) {
        closeSending();
        holding.tryAgain();
        try {
            sending = Sending.open(link, settings, source);
            router = routerOf(Optional.of(source));
            if (!holds()) {
                holding.prepare();
            }
            return Optional.empty();
        } catch (SystemCallException e) {
            fail(e);
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the kernel refused something that it may allow later. */
    boolean wantsAnotherLook() {
        return (sending == null && standing.cutOff()) || holding.refused();
    }

    private void compare(Standing now) {
        boolean broken = !now.faults().isEmpty();
        boolean wasBroken = !standing.faults().isEmpty();
        if (!started && (broken || !now.awaited())) {
            started = true;
            if (broken) {
                pending.add(began(now));
            }
            pending.add(new Event.Started());
        } else if (started && (broken != wasBroken || (broken && now.cutOff() && !standing.cutOff()))) {
            pending.add(broken ? began(now) : new Event.FaultEnded());
        }
        if (broken && !now.faults().equals(standing.faults())) {
            LOG.warn("{}: {}", settings.name(), String.join(", ", now.faults()));
        }
        if (now.priority() != state.priority()) {
            pending.add(new Event.PriorityChanged(now.priority()));
        }
        standing = now;
    }

    private static Event.FaultBegan began(Standing now) {
        return new Event.FaultBegan(now.cutOff() ? Event.Fault.LINK : Event.Fault.CHECK);
    }

    void hear(Advertisement advertisement, IpAddress source) {
        counters.received().inc();
        heardActive = advertisement.priority() == Advertisement.STOPS ? null : source;
        pending.add(new Event.Heard(advertisement, source));
    }

    void tell(Event event) {
        pending.add(event);
    }

    /** Takes a turn when there is a reason; says whether it did. */
    boolean turn(long now) {
        if (pending.isEmpty() && now < state.due()) {
            return false;
        }
        if (state.due() <= now) {
            metrics.lateness(now - state.due());
        }
        State before = state;
        Turn turn = StateMachine.turn(router, state, pending, now);
        pending.clear();
        state = turn.state();
        List<Action> actions = turn.actions();
        for (int i = 0; i < actions.size(); i++) {
            act(actions.get(i));
        }
        if (before.role() != state.role() || before.priority() != state.priority()) {
            metrics.role(settings.name(), state.role(), state.priority());
        }
        return true;
    }

    private void act(Action action) {
        switch (action) {
            case Action.Advertise(int priority) -> advertise(priority);
            case Action.HoldAddresses _ -> holding.hold();
            case Action.DropAddresses _ -> holding.drop();
            case Action.Announce _ -> holding.announce();
            case Action.Changed change -> changed(change);
            case Action.Noticed(var notice, var source) -> notices.noticed(settings.name(), notice, source);
        }
    }

    private void advertise(int priority) {
        if (sending == null) {
            return;
        }
        try {
            int packets = sending.send(router, priority);
            counters.sent().inc(packets);
            lastSendError = "";
        } catch (SystemCallException e) {
            fail(e);
        }
    }

    private void fail(SystemCallException e) {
        counters.sendErrors().inc();
        String text = String.valueOf(e.getMessage());
        if (!text.equals(lastSendError)) {
            lastSendError = text;
            LOG.warn("{}: {}", settings.name(), text);
        }
    }

    private void changed(Action.Changed change) {
        since = System.nanoTime();
        if (change.to() == Role.ACTIVE) {
            heardActive = null;
        }
        metrics.transition(settings.name(), change.from(), change.to(), change.cause());
        LOG.info(
                "instance={} from={} to={} cause={} priority={} vrid={} interface={}",
                settings.name(),
                AgentMetrics.word(change.from()),
                AgentMetrics.word(change.to()),
                AgentMetrics.word(change.cause()),
                state.priority(),
                settings.vrid(),
                settings.interfaceName());
        listener.changed(this, change);
    }

    AgentStatus.InstanceStatus status(long now) {
        return new AgentStatus.InstanceStatus(
                settings.name(),
                settings.interfaceName(),
                settings.version() == Version.V2 ? 2 : 3,
                settings.vrid(),
                AgentMetrics.word(state.role()),
                state.priority(),
                (now - since) / 1_000_000,
                Objects.toString(heardActive, ""),
                held().map(address -> address.address() + "/" + address.prefixLength())
                        .toList(),
                standing.faults());
    }

    int priority() {
        return state.priority();
    }

    private void closeSending() {
        if (sending != null) {
            sending.close();
            sending = null;
        }
    }

    @Override
    public void close() {
        closeSending();
    }
}
