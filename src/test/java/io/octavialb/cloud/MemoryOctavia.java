package io.octavialb.cloud;

import io.octavialb.model.Changes;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Pool;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Octavia;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Octavia as far as its rules decide what a plan may do: a load balancer is immutable while PENDING, one listener per
 * protocol and port, no pool deleted that a listener uses, populated creates.
 */
public final class MemoryOctavia implements Octavia {
    private final Map<String, LoadBalancer> loadBalancers = new LinkedHashMap<>();
    private final Map<String, Child<Listener>> listeners = new LinkedHashMap<>();
    private final Map<String, Child<Pool>> pools = new LinkedHashMap<>();
    private final Map<String, Child<Member>> members = new LinkedHashMap<>();
    private final Map<String, Child<HealthMonitor>> monitors = new LinkedHashMap<>();
    private final List<String> mutations;
    private OctaviaVersion version = new OctaviaVersion(2, 30);
    private @Nullable CloudException nextMutationFails;
    private Runnable beforeFailure = () -> {};
    private Consumer<LoadBalancer> whenGone = _ -> {};
    private int ids;

    /** A resource and the id of what it is in. */
    private record Child<T>(String parent, T resource) {}

    /** With the list to note in what it is asked to change. */
    MemoryOctavia(List<String> mutations) {
        this.mutations = mutations;
    }

    public void version(OctaviaVersion version) {
        this.version = version;
    }

    /** Puts a load balancer with all below it there, as observed. */
    public void put(LoadBalancerTree tree) {
        LoadBalancer loadBalancer = tree.loadBalancer();
        loadBalancers.put(loadBalancer.id(), loadBalancer);
        tree.listeners().forEach(listener -> listeners.put(listener.id(), new Child<>(loadBalancer.id(), listener)));
        tree.pools().forEach(pool -> {
            HealthMonitor monitor = pool.healthMonitor();
            pools.put(
                    pool.id(),
                    new Child<>(loadBalancer.id(), monitored(pool.pool(), monitor == null ? null : monitor.id())));
            pool.members().forEach(member -> members.put(member.id(), new Child<>(pool.id(), member)));
            if (monitor != null) {
                monitors.put(monitor.id(), new Child<>(pool.id(), monitor));
            }
        });
    }

    /** Who is told of load balancers that are gone. */
    public void whenGone(Consumer<LoadBalancer> listener) {
        whenGone = listener;
    }

    /** Ends every PENDING status, as time does. */
    public void settle() {
        loadBalancers.values().stream().filter(LoadBalancer::leaving).forEach(whenGone);
        loadBalancers.values().removeIf(LoadBalancer::leaving);
        loadBalancers.replaceAll((_, loadBalancer) ->
                loadBalancer.pending() ? loadBalancer.withProvisioningStatus("ACTIVE") : loadBalancer);
    }

    public void status(String id, String status) {
        loadBalancers.computeIfPresent(id, (_, loadBalancer) -> loadBalancer.withProvisioningStatus(status));
    }

    /** Changes a field of a load balancer, as somebody else's doing. */
    public void change(String id, String field, String value) {
        Changes change = new Changes(List.of(new Changes.Change(field, null, value)));
        loadBalancers.computeIfPresent(id, (_, loadBalancer) -> Json.changed(loadBalancer, change, LoadBalancer.class));
    }

    /** The creation of the load balancer comes to ERROR, with all below it. */
    public void creationFails(String id) {
        Changes toError = new Changes(List.of(new Changes.Change("provisioning_status", null, "ERROR")));
        status(id, "ERROR");
        listeners.replaceAll((_, child) -> child.parent().equals(id)
                ? new Child<>(id, Json.changed(child.resource(), toError, Listener.class))
                : child);
        pools.replaceAll((_, child) -> child.parent().equals(id)
                ? new Child<>(id, Json.changed(child.resource(), toError, Pool.class))
                : child);
    }

    public void nextMutationFails(CloudException failure) {
        nextMutationFails(failure, () -> {});
    }

    /** As somebody else's doing is found out by a failure. */
    public void nextMutationFails(CloudException failure, Runnable meanwhile) {
        nextMutationFails = failure;
        beforeFailure = meanwhile;
    }

    @Override
    public List<LoadBalancer> loadBalancers() {
        return List.copyOf(loadBalancers.values());
    }

    public List<Pool> pools() {
        return pools.values().stream().map(Child::resource).toList();
    }

    @Override
    public OctaviaVersion version() {
        return version;
    }

    @Override
    public List<LoadBalancer> loadBalancersNamed(String name) {
        return loadBalancers.values().stream()
                .filter(loadBalancer -> loadBalancer.name().equals(name))
                .toList();
    }

    @Override
    public List<LoadBalancer> loadBalancersTagged(String tag) {
        return loadBalancers.values().stream()
                .filter(loadBalancer -> loadBalancer.tags().contains(tag))
                .toList();
    }

    @Override
    public Optional<LoadBalancer> loadBalancer(String id) {
        return Optional.ofNullable(loadBalancers.get(id));
    }

    @Override
    public Map<String, String> provisioningStatuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        loadBalancers.forEach((id, loadBalancer) -> statuses.put(id, loadBalancer.provisioningStatus()));
        return statuses;
    }

    @Override
    public List<Listener> listeners(String loadBalancerId) {
        return in(listeners, loadBalancerId);
    }

    @Override
    public List<Pool> pools(String loadBalancerId) {
        return in(pools, loadBalancerId);
    }

    @Override
    public List<Member> members(String poolId) {
        return in(members, poolId);
    }

    @Override
    public List<HealthMonitor> healthMonitorsTagged(String tag) {
        return monitors.values().stream()
                .map(Child::resource)
                .filter(monitor -> monitor.tags().contains(tag))
                .toList();
    }

    @Override
    public Optional<HealthMonitor> healthMonitor(String id) {
        return Optional.ofNullable(monitors.get(id)).map(Child::resource);
    }

    private static String vipAddress(@Nullable String subnet, @Nullable String asked) {
        String chosen = subnet != null && subnet.endsWith("-v6") ? "fd00:6::100" : "10.6.0.100";
        return asked == null ? chosen : asked;
    }

    @Override
    public LoadBalancerTree createLoadBalancer(DesiredLoadBalancer desired) {
        mutation("POST loadbalancers");
        vipIsFree(desired);
        LoadBalancer created = new LoadBalancer(
                id("lb"),
                desired.name(),
                desired.description(),
                "ACTIVE",
                "OFFLINE",
                desired.provider(),
                vipAddress(desired.vipSubnetId(), desired.vipAddress()),
                id("vip-port"),
                desired.vipSubnetId(),
                desired.vipNetworkId(),
                desired.additionalVips().stream()
                        .map(vip -> new LoadBalancer.AdditionalVip(
                                vip.subnetId(), vipAddress(vip.subnetId(), vip.ipAddress())))
                        .toList(),
                desired.flavorId(),
                desired.availabilityZone(),
                desired.tags() == null ? List.of() : desired.tags(),
                null);
        loadBalancers.put(created.id(), created);
        for (DesiredListener listener : desired.listeners()) {
            DesiredPool wanted = listener.defaultPool();
            if (wanted == null) {
                newListener(created.id(), listener, null);
                continue;
            }
            OctaviaRules.compatible(listener.protocol(), wanted.protocol());
            OctaviaRules.distinct(wanted.members());
            Pool pool = newPool(created.id(), wanted);
            newListener(created.id(), listener, pool.id());
            wanted.members().forEach(member -> newMember(pool.id(), member));
            if (wanted.healthmonitor() != null) {
                newMonitor(pool.id(), wanted.healthmonitor());
            }
        }
        status(created.id(), "PENDING_CREATE");
        return tree(created.id());
    }

    /** Octavia answers what its provider says. */
    private void vipIsFree(DesiredLoadBalancer desired) {
        boolean taken = loadBalancers.values().stream()
                .anyMatch(other -> desired.vipSubnetId() != null
                        && desired.vipSubnetId().equals(other.vipSubnetId())
                        && other.vipAddresses().contains(String.valueOf(desired.vipAddress())));
        if (taken) {
            throw fault(Kind.SERVER_ERROR, 500, "Provider 'amphora' reports error: ConflictException: 409");
        }
    }

    /** The load balancer with all below it. */
    public LoadBalancerTree tree(String id) {
        return new LoadBalancerTree(
                found(loadBalancers.get(id), id),
                listeners(id),
                pools(id).stream()
                        .map(pool -> new LoadBalancerTree.PoolTree(
                                pool,
                                members(pool.id()),
                                in(monitors, pool.id()).stream().findFirst().orElse(null)))
                        .toList());
    }

    @Override
    public LoadBalancer updateLoadBalancer(String id, Changes changes) {
        change(id, "PUT loadbalancer");
        LoadBalancer changed = Json.changed(found(loadBalancers.get(id), id), changes, LoadBalancer.class);
        loadBalancers.put(id, changed);
        return changed;
    }

    @Override
    public void deleteLoadBalancer(String id, boolean cascade) {
        change(id, "DELETE loadbalancer");
        if (!cascade && (!listeners(id).isEmpty() || !pools(id).isEmpty())) {
            throw fault(Kind.BAD_REQUEST, 400, "load balancer " + id + " has children");
        }
        pools(id).forEach(pool -> removePool(pool.id()));
        listeners.values().removeIf(child -> child.parent().equals(id));
        status(id, "PENDING_DELETE");
    }

    @Override
    public Listener createListener(String loadBalancerId, DesiredListener desired, @Nullable String defaultPoolId) {
        change(loadBalancerId, "POST listeners");
        if (listeners(loadBalancerId).stream().anyMatch(other -> other.key().equals(desired.key()))) {
            throw fault(Kind.CONFLICT, 409, "another listener on " + desired.key());
        }
        if (defaultPoolId != null) {
            OctaviaRules.compatible(
                    desired.protocol(),
                    found(pools.get(defaultPoolId), defaultPoolId).resource().protocol());
        }
        return newListener(loadBalancerId, desired, defaultPoolId);
    }

    @Override
    public Listener updateListener(String id, Changes changes) {
        Child<Listener> listener = found(listeners.get(id), id);
        change(listener.parent(), "PUT listener");
        Listener changed = Json.changed(listener.resource(), changes, Listener.class);
        if (changed.defaultPoolId() != null) {
            OctaviaRules.compatible(
                    changed.protocol(),
                    found(pools.get(changed.defaultPoolId()), id).resource().protocol());
        }
        listeners.put(id, new Child<>(listener.parent(), changed));
        return changed;
    }

    @Override
    public void deleteListener(String id) {
        change(found(listeners.get(id), id).parent(), "DELETE listener");
        listeners.remove(id);
    }

    @Override
    public Pool createPool(String loadBalancerId, DesiredPool desired) {
        change(loadBalancerId, "POST pools");
        return newPool(loadBalancerId, desired);
    }

    @Override
    public Pool updatePool(String id, Changes changes) {
        Child<Pool> pool = found(pools.get(id), id);
        change(pool.parent(), "PUT pool");
        Pool changed = Json.changed(pool.resource(), changes, Pool.class);
        pools.put(id, new Child<>(pool.parent(), changed));
        return changed;
    }

    @Override
    public void deletePool(String id) {
        Child<Pool> pool = found(pools.get(id), id);
        change(pool.parent(), "DELETE pool");
        if (listeners(pool.parent()).stream().anyMatch(listener -> id.equals(listener.defaultPoolId()))) {
            throw fault(Kind.CONFLICT, 409, "pool " + id + " is in use");
        }
        removePool(id);
    }

    private void removePool(String id) {
        pools.remove(id);
        members.values().removeIf(child -> child.parent().equals(id));
        monitors.values().removeIf(child -> child.parent().equals(id));
    }

    @Override
    public void replaceMembers(String poolId, List<DesiredMember> desired) {
        change(found(pools.get(poolId), poolId).parent(), "PUT members");
        OctaviaRules.distinct(desired);
        List<Member> before = members(poolId);
        members.values().removeIf(child -> child.parent().equals(poolId));
        for (DesiredMember member : desired) {
            String id = before.stream()
                    .filter(old ->
                            old.address().equals(member.address()) && old.protocolPort() == member.protocolPort())
                    .map(Member::id)
                    .findFirst()
                    .orElseGet(() -> id("member"));
            members.put(id, new Child<>(poolId, observed(id, member)));
        }
    }

    @Override
    public Member createMember(String poolId, DesiredMember desired) {
        change(found(pools.get(poolId), poolId).parent(), "POST member");
        return newMember(poolId, desired);
    }

    @Override
    public Member updateMember(String poolId, String memberId, Changes changes) {
        change(found(pools.get(poolId), poolId).parent(), "PUT member");
        Member changed = Json.changed(found(members.get(memberId), memberId).resource(), changes, Member.class);
        members.put(memberId, new Child<>(poolId, changed));
        return changed;
    }

    @Override
    public void deleteMember(String poolId, String memberId) {
        change(found(pools.get(poolId), poolId).parent(), "DELETE member");
        members.remove(memberId);
    }

    @Override
    public HealthMonitor createHealthMonitor(String poolId, DesiredHealthMonitor desired) {
        change(found(pools.get(poolId), poolId).parent(), "POST healthmonitors");
        OctaviaRules.unmonitored(found(pools.get(poolId), poolId).resource());
        return newMonitor(poolId, desired);
    }

    @Override
    public HealthMonitor updateHealthMonitor(String id, Changes changes) {
        Child<HealthMonitor> monitor = found(monitors.get(id), id);
        change(found(pools.get(monitor.parent()), id).parent(), "PUT healthmonitor");
        HealthMonitor changed = Json.changed(monitor.resource(), changes, HealthMonitor.class);
        monitors.put(id, new Child<>(monitor.parent(), changed));
        return changed;
    }

    @Override
    public void deleteHealthMonitor(String id) {
        Child<HealthMonitor> monitor = found(monitors.get(id), id);
        change(found(pools.get(monitor.parent()), id).parent(), "DELETE healthmonitor");
        monitors.remove(id);
        pools.computeIfPresent(
                monitor.parent(), (_, pool) -> new Child<>(pool.parent(), monitored(pool.resource(), null)));
    }

    private void change(String loadBalancerId, String request) {
        mutation(request);
        LoadBalancer loadBalancer = found(loadBalancers.get(loadBalancerId), loadBalancerId);
        if (!loadBalancer.active() && !request.startsWith("DELETE loadbalancer")) {
            throw fault(Kind.CONFLICT, 409, "Invalid state " + loadBalancer.provisioningStatus());
        }
        status(loadBalancerId, "PENDING_UPDATE");
    }

    private void mutation(String request) {
        mutations.add(request);
        CloudException failure = nextMutationFails;
        nextMutationFails = null;
        if (failure != null) {
            beforeFailure.run();
            throw failure;
        }
    }

    private Listener newListener(String loadBalancerId, DesiredListener desired, @Nullable String defaultPoolId) {
        Listener listener = new Listener(
                id("listener"),
                desired.name(),
                "",
                "ACTIVE",
                desired.protocol(),
                desired.protocolPort(),
                desired.connectionLimit() == null ? -1 : desired.connectionLimit(),
                desired.timeoutClientData(),
                desired.timeoutMemberConnect(),
                desired.timeoutMemberData(),
                desired.timeoutTcpInspect(),
                desired.allowedCidrs() == null ? List.of() : desired.allowedCidrs(),
                desired.insertHeaders() == null
                        ? Map.of()
                        : desired.insertHeaders().asMap(),
                desired.defaultTlsContainerRef(),
                defaultPoolId,
                desired.tags() == null ? List.of() : desired.tags());
        listeners.put(listener.id(), new Child<>(loadBalancerId, listener));
        return listener;
    }

    private Pool newPool(String loadBalancerId, DesiredPool desired) {
        Pool pool = new Pool(
                id("pool"),
                desired.name(),
                "ACTIVE",
                desired.protocol(),
                desired.lbAlgorithm(),
                desired.sessionPersistence() == null
                        ? null
                        : new Pool.SessionPersistence(
                                desired.sessionPersistence().type(),
                                desired.sessionPersistence().persistenceTimeout()),
                null,
                List.of(),
                desired.tags() == null ? List.of() : desired.tags());
        pools.put(pool.id(), new Child<>(loadBalancerId, pool));
        return pool;
    }

    private Member newMember(String poolId, DesiredMember desired) {
        Member member = observed(id("member"), desired);
        members.put(member.id(), new Child<>(poolId, member));
        return member;
    }

    private HealthMonitor newMonitor(String poolId, DesiredHealthMonitor desired) {
        HealthMonitor monitor = new HealthMonitor(
                id("monitor"),
                desired.name(),
                desired.type(),
                desired.delay(),
                desired.timeout(),
                desired.maxRetries(),
                desired.maxRetriesDown(),
                desired.httpMethod(),
                desired.urlPath(),
                desired.expectedCodes(),
                desired.httpVersion(),
                desired.domainName(),
                desired.tags() == null ? List.of() : desired.tags());
        monitors.put(monitor.id(), new Child<>(poolId, monitor));
        pools.computeIfPresent(
                poolId, (_, pool) -> new Child<>(pool.parent(), monitored(pool.resource(), monitor.id())));
        return monitor;
    }

    private static Member observed(String id, DesiredMember desired) {
        return new Member(
                id,
                desired.name(),
                desired.address(),
                desired.protocolPort(),
                desired.weight(),
                desired.backup(),
                desired.adminStateUp(),
                desired.subnetId(),
                desired.monitorAddress(),
                desired.monitorPort());
    }

    private static Pool monitored(Pool pool, @Nullable String monitorId) {
        return new Pool(
                pool.id(),
                pool.name(),
                pool.provisioningStatus(),
                pool.protocol(),
                pool.lbAlgorithm(),
                pool.sessionPersistence(),
                monitorId,
                pool.listeners(),
                pool.tags());
    }

    private static <T> List<T> in(Map<String, Child<T>> children, String parent) {
        return children.values().stream()
                .filter(child -> child.parent().equals(parent))
                .map(Child::resource)
                .toList();
    }

    private static <T> T found(@Nullable T resource, String id) {
        if (resource == null) {
            throw fault(Kind.NOT_FOUND, 404, id + " not found");
        }
        return resource;
    }

    public static CloudException fault(Kind kind, int status, String text) {
        return new CloudException(new Fault(kind, "memory", true, status, text, "req-memory", null), null);
    }

    private String id(String kind) {
        ids++;
        return kind + "-" + ids;
    }
}
