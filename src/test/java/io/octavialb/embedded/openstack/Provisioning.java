package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Octavia's workers do: brings load balancers out of PENDING_* when their time has come.
 *
 * <p>There is no thread: every request first finishes what is due. {@code provisioning_status} of all that a change
 * touches goes with that of the load balancer.
 */
final class Provisioning {
    private final CloudState state;
    private final VipPorts vipPorts;
    private final Map<String, Instant> due = new HashMap<>();
    private Duration pace = Duration.ZERO;
    private boolean held;
    private int failures;

    Provisioning(CloudState state, VipPorts vipPorts) {
        this.state = state;
        this.vipPorts = vipPorts;
    }

    void pace(Duration duration) {
        pace = duration;
    }

    /** From now on nothing is finished before {@link #settle}, until it is released. */
    void hold(boolean hold) {
        held = hold;
    }

    /** The next so many pieces of work end in ERROR. */
    void fail(int times) {
        failures = times;
    }

    /** Finishes all that is pending. */
    void settle() {
        List.copyOf(due.keySet()).forEach(this::finish);
    }

    /** Finishes what is due by now. */
    void finishDue() {
        if (held) {
            return;
        }
        Instant now = state.now();
        due.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::finish);
    }

    /** Marks a change: the load balancer gets the status, and what it touches PENDING_UPDATE. */
    void begin(ObjectNode loadBalancer, String status, List<ObjectNode> touched) {
        mark(loadBalancer, status);
        touched.forEach(row -> mark(row, "PENDING_UPDATE"));
        due.put(loadBalancer.path("id").textValue(), state.now().plus(pace));
    }

    /** A row that is new: it has no {@code updated_at} yet. */
    ObjectNode created(ObjectNode row) {
        row.put("provisioning_status", "PENDING_CREATE");
        row.put("created_at", state.octaviaNow()).putNull("updated_at");
        state.created(row);
        return row;
    }

    void mark(ObjectNode row, String status) {
        if (!row.path("provisioning_status").asText().equals("PENDING_CREATE")) {
            row.put("provisioning_status", status).put("updated_at", state.octaviaNow());
        }
    }

    /** Makes anew what serves a load balancer in ERROR, its VIP's port included. */
    void failover(ObjectNode loadBalancer) {
        vipPorts.settled(loadBalancer);
        done(loadBalancer, "ACTIVE");
    }

    private void finish(String id) {
        due.remove(id);
        ObjectNode loadBalancer = state.loadBalancers.find(id);
        if (loadBalancer == null) {
            return;
        }
        if (failures > 0) {
            failures--;
            Stream.concat(Stream.of(loadBalancer), below(id).stream())
                    .filter(Provisioning::pending)
                    .forEach(row -> done(row, "ERROR"));
        } else if (loadBalancer.path("provisioning_status").asText().equals("PENDING_DELETE")) {
            discard(id);
        } else {
            vipPorts.settled(loadBalancer);
            below(id).stream().filter(Provisioning::pending).forEach(this::finishChild);
            done(loadBalancer, "ACTIVE");
        }
    }

    private void finishChild(ObjectNode row) {
        if (row.path("provisioning_status").asText().equals("PENDING_DELETE")) {
            remove(row);
        } else {
            done(row, "ACTIVE");
        }
    }

    private void done(ObjectNode row, String status) {
        row.put("provisioning_status", status).put("updated_at", state.octaviaNow());
    }

    private static boolean pending(ObjectNode row) {
        return row.path("provisioning_status").asText().startsWith("PENDING_");
    }

    /** Takes a load balancer and all below it away, with its VIP port. */
    void discard(String id) {
        ObjectNode loadBalancer = state.loadBalancers.get(id);
        abandon(id);
        vipPorts.release(loadBalancer);
    }

    /** Forgets a load balancer whose tree was refused; as in Octavia, its VIP port stays behind. */
    void abandon(String id) {
        below(id).forEach(this::remove);
        state.loadBalancers.remove(id);
        due.remove(id);
    }

    private void remove(ObjectNode row) {
        String id = row.path("id").textValue();
        if (state.pools.find(id) != null) {
            state.listeners.where("default_pool_id", id).forEach(listener -> listener.putNull("default_pool_id"));
            state.members.where("pool_id", id).forEach(this::remove);
            state.healthMonitors.where("pool_id", id).forEach(this::remove);
        }
        state.l7Policies.where("listener_id", id).forEach(this::remove);
        Stream.of(state.listeners, state.pools, state.members, state.healthMonitors, state.l7Policies)
                .forEach(it -> it.remove(id));
    }

    /** Listeners, L7 policies, pools, members and monitors of a load balancer. */
    List<ObjectNode> below(String id) {
        List<ObjectNode> rows = new ArrayList<>(state.listeners.where("loadbalancer_id", id));
        List.copyOf(rows)
                .forEach(listener -> rows.addAll(state.l7Policies.where(
                        "listener_id", listener.path("id").textValue())));
        for (ObjectNode pool : state.pools.where("loadbalancer_id", id)) {
            rows.add(pool);
            rows.addAll(state.members.where("pool_id", pool.path("id").textValue()));
            rows.addAll(state.healthMonitors.where("pool_id", pool.path("id").textValue()));
        }
        return rows;
    }
}
