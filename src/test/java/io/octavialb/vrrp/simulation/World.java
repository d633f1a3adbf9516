package io.octavialb.vrrp.simulation;

import io.octavialb.vrrp.Action;
import io.octavialb.vrrp.Advertisement;
import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.Role;
import io.octavialb.vrrp.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** The link, its hosts and clients, and virtual time in nanoseconds. */
final class World {
    private static final int CLIENTS = 2;
    private static final int NOBODY = -1;

    final List<Host> hosts;
    final SplittableRandom random;
    private final Engine engine;
    private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>();
    private final long maxDelay;
    /** Which part of the link a host is on; a client is on the part of its host. */
    final int[] part;

    private final int[] clientAt = new int[CLIENTS];
    private final int[] arp = new int[CLIENTS];
    private final StringBuilder trace = new StringBuilder();
    private long sequence;
    long now;
    double loss;
    /** Whether a packet may overtake another of the same sender. */
    boolean reorders;

    private final long[] lastArrival;
    /** Changes of role since it was reset. */
    int changes;
    /** Changes to active since it was reset. */
    int activations;
    /** Whether each packet of a client has to arrive at a host that holds the addresses. */
    boolean clientsAreServed;

    boolean traced;

    /** Something that arrives: an advertisement at a host, or, when there is none, an announcement at a client. */
    private record Arrival(long at, long sequence, int to, int from, Optional<Event.Heard> advertisement)
            implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    World(List<Host> hosts, Engine engine, SplittableRandom random, long maxDelay) {
        this.hosts = hosts;
        this.engine = engine;
        this.random = random;
        this.maxDelay = maxDelay;
        this.part = new int[hosts.size()];
        this.lastArrival = new long[hosts.size() * (hosts.size() + CLIENTS)];
        for (int client = 0; client < CLIENTS; client++) {
            clientAt[client] = random.nextInt(hosts.size());
            arp[client] = NOBODY;
        }
    }

    void runUntil(long end) {
        while (true) {
            Host next = null;
            long at = end;
            for (Host host : hosts) {
                if (host.wakes() <= at) {
                    next = host;
                    at = host.wakes();
                }
            }
            Arrival arrival = arrivals.peek();
            if (arrival != null && arrival.at <= at) {
                now = Math.max(now, arrival.at);
                arrive(arrivals.remove());
            } else if (next != null) {
                now = Math.max(now, at);
                turn(next);
            } else {
                now = end;
                return;
            }
            if (clientsAreServed) {
                checkClientsAreServed();
            }
        }
    }

    /** An event of the host itself, beside packets. */
    void happens(Host host, Event event) {
        host.queued.add(event);
        if (host.pausedUntil <= now) {
            turn(host);
        }
    }

    private void arrive(Arrival arrival) {
        if (arrival.advertisement.isEmpty()) {
            arp[arrival.to] = arrival.from;
            return;
        }
        Host host = hosts.get(arrival.to);
        if (host.hears(now)) {
            happens(host, arrival.advertisement.get());
        }
    }

    private void turn(Host host) {
        Turn turn = engine.turn(host.router, host.state, List.copyOf(host.queued), now);
        host.queued.clear();
        host.state = turn.state();
        host.lateness = random.nextLong(maxDelay / 2);
        for (Action action : turn.actions()) {
            carryOut(host, action);
        }
        boolean mayHold = host.state.role() == Role.ACTIVE || host.state.role() == Role.RELEASING;
        require(mayHold || !host.holds, () -> "host " + host.id + " holds the addresses as " + host.state.role());
    }

    private void carryOut(Host host, Action action) {
        if (traced) {
            trace.append(now / 1000)
                    .append("us host ")
                    .append(host.id)
                    .append(' ')
                    .append(action)
                    .append('\n');
        }
        switch (action) {
            case Action.Advertise(var priority) -> advertise(host, priority);
            case Action.HoldAddresses _ -> host.holds = true;
            case Action.DropAddresses _ -> host.holds = false;
            case Action.Announce _ -> announce(host);
            case Action.Changed(var _, var to, var _) -> {
                changes++;
                activations += to == Role.ACTIVE ? 1 : 0;
            }
            case Action.Noticed _ -> {}
        }
    }

    private void advertise(Host host, int priority) {
        var heard = new Event.Heard(
                new Advertisement(
                        host.router.version(),
                        host.router.vrid(),
                        priority,
                        host.router.intervalCentiseconds(),
                        host.router.addresses(),
                        Authentication.None.INSTANCE),
                host.router.source());
        for (Host other : hosts) {
            if (other != host && passes(host, other.id)) {
                arrivals.add(new Arrival(arrives(host, other.id), sequence++, other.id, host.id, Optional.of(heard)));
            }
        }
    }

    private void announce(Host host) {
        require(host.holds, () -> "host " + host.id + " announces addresses that it does not hold");
        for (int client = 0; client < CLIENTS; client++) {
            if (passes(host, clientAt[client])) {
                arrivals.add(new Arrival(
                        arrives(host, hosts.size() + client), sequence++, client, host.id, Optional.empty()));
            }
        }
    }

    private boolean passes(Host from, int to) {
        return !from.linkDown && part[from.id] == part[to] && (loss == 0 || random.nextDouble() >= loss);
    }

    private long arrives(Host from, int to) {
        int way = from.id * (hosts.size() + CLIENTS) + to;
        long at = now + maxDelay / 10 + random.nextLong(maxDelay - maxDelay / 10);
        lastArrival[way] = reorders ? at : Math.max(at, lastArrival[way]);
        return lastArrival[way];
    }

    List<Host> actives(int inPart) {
        List<Host> actives = new ArrayList<>();
        for (Host host : hosts) {
            if (part[host.id] == inPart && host.active()) {
                actives.add(host);
            }
        }
        return actives;
    }

    void clientsAsk(Host answers) {
        Arrays.fill(arp, answers.id);
    }

    void resetCounts() {
        changes = 0;
        activations = 0;
    }

    void heal() {
        Arrays.fill(part, 0);
    }

    private void checkClientsAreServed() {
        for (int to : arp) {
            require(
                    to == NOBODY || hosts.get(to).holds,
                    () -> "a client sends to host " + to + ", which has no address");
        }
    }

    void checkClientsSendTo(Host active) {
        for (int to : arp) {
            require(to == active.id, () -> "a client sends to host " + to + ", and " + active.id + " is active");
        }
    }

    void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Violation(otherwise.get() + " at " + now / 1000 + " us\n" + trace);
        }
    }

    void note(String what) {
        if (traced) {
            trace.append(now / 1000).append("us ---- ").append(what).append('\n');
        }
    }
}
