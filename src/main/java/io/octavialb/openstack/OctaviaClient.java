package io.octavialb.openstack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Octavia} over HTTP. */
final class OctaviaClient implements Octavia {
    private static final String LOAD_BALANCERS = "/v2/lbaas/loadbalancers";
    private static final String LOAD_BALANCER = LOAD_BALANCERS + "/{id}";
    private static final String LISTENERS = "/v2/lbaas/listeners";
    private static final String LISTENER = LISTENERS + "/{id}";
    private static final String POOLS = "/v2/lbaas/pools";
    private static final String POOL = POOLS + "/{id}";
    private static final String MEMBERS = POOLS + "/{pool}/members";
    private static final String MEMBER = MEMBERS + "/{member}";
    private static final String HEALTH_MONITORS = "/v2/lbaas/healthmonitors";
    private static final String HEALTH_MONITOR = HEALTH_MONITORS + "/{id}";

    private final Resources resources;
    private final OctaviaVersions versions;

    OctaviaClient(Resources resources, OctaviaVersions versions) {
        this.resources = resources;
        this.versions = versions;
    }

    @Override
    public OctaviaVersion version() {
        return versions.version();
    }

    @Override
    public List<LoadBalancer> loadBalancers() {
        return resources.list(LOAD_BALANCERS, Query.NONE, "loadbalancers", LoadBalancer.class);
    }

    @Override
    public List<LoadBalancer> loadBalancersNamed(String name) {
        return resources.list(LOAD_BALANCERS, Query.of("name", name), "loadbalancers", LoadBalancer.class);
    }

    @Override
    public List<LoadBalancer> loadBalancersTagged(String tag) {
        return resources.list(LOAD_BALANCERS, Query.of("tags", tag), "loadbalancers", LoadBalancer.class);
    }

    @Override
    public Optional<LoadBalancer> loadBalancer(String id) {
        return resources.find(LOAD_BALANCER, id, "loadbalancer", LoadBalancer.class);
    }

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Status(String id, String provisioningStatus) {}

    @Override
    public Map<String, String> provisioningStatuses() {
        Query fields = Query.of("fields", "id").and("fields", "provisioning_status");
        Map<String, String> statuses = new LinkedHashMap<>();
        resources
                .list(LOAD_BALANCERS, fields, "loadbalancers", Status.class)
                .forEach(status -> statuses.put(status.id(), status.provisioningStatus()));
        return statuses;
    }

    @Override
    public List<Listener> listeners(String loadBalancerId) {
        return resources.list(LISTENERS, Query.of("load_balancer_id", loadBalancerId), "listeners", Listener.class);
    }

    @Override
    public List<Pool> pools(String loadBalancerId) {
        return resources.list(POOLS, Query.of("loadbalancer_id", loadBalancerId), "pools", Pool.class);
    }

    @Override
    public List<Member> members(String poolId) {
        return resources.list(MEMBERS, List.of(poolId), Query.NONE, "members", Member.class);
    }

    @Override
    public List<HealthMonitor> healthMonitorsTagged(String tag) {
        return resources.list(HEALTH_MONITORS, Query.of("tags", tag), "healthmonitors", HealthMonitor.class);
    }

    @Override
    public Optional<HealthMonitor> healthMonitor(String id) {
        return resources.find(HEALTH_MONITOR, id, "healthmonitor", HealthMonitor.class);
    }

    @Override
    public LoadBalancerTree createLoadBalancer(DesiredLoadBalancer desired) {
        return resources.create(
                LOAD_BALANCERS,
                "loadbalancer",
                Json.object(desired),
                node -> Required.checked(PopulatedLoadBalancer.read(node, Json.MAPPER)));
    }

    @Override
    public LoadBalancer updateLoadBalancer(String id, Changes changes) {
        return update(LOAD_BALANCER, List.of(id), "loadbalancer", changes, LoadBalancer.class);
    }

    @Override
    public void deleteLoadBalancer(String id, boolean cascade) {
        resources.delete(LOAD_BALANCER, List.of(id), Query.of("cascade", Boolean.toString(cascade)));
    }

    @Override
    public Listener createListener(String loadBalancerId, DesiredListener desired, @Nullable String defaultPoolId) {
        ObjectNode body = Json.object(desired);
        body.remove("default_pool");
        body.put("loadbalancer_id", loadBalancerId);
        if (defaultPoolId != null) {
            body.put("default_pool_id", defaultPoolId);
        }
        return resources.create(LISTENERS, List.of(), "listener", body, Listener.class);
    }

    @Override
    public Listener updateListener(String id, Changes changes) {
        return update(LISTENER, List.of(id), "listener", changes, Listener.class);
    }

    @Override
    public void deleteListener(String id) {
        resources.delete(LISTENER, id);
    }

    @Override
    public Pool createPool(String loadBalancerId, DesiredPool desired) {
        ObjectNode body = Json.object(desired);
        body.remove(List.of("members", "healthmonitor"));
        body.put("loadbalancer_id", loadBalancerId);
        return resources.create(POOLS, List.of(), "pool", body, Pool.class);
    }

    @Override
    public Pool updatePool(String id, Changes changes) {
        return update(POOL, List.of(id), "pool", changes, Pool.class);
    }

    @Override
    public void deletePool(String id) {
        resources.delete(POOL, id);
    }

    @Override
    public void replaceMembers(String poolId, List<DesiredMember> members) {
        resources.replace(MEMBERS, List.of(poolId), "members", Json.MAPPER.valueToTree(members));
    }

    @Override
    public Member createMember(String poolId, DesiredMember desired) {
        return resources.create(MEMBERS, List.of(poolId), "member", Json.object(desired), Member.class);
    }

    @Override
    public Member updateMember(String poolId, String memberId, Changes changes) {
        return update(MEMBER, List.of(poolId, memberId), "member", changes, Member.class);
    }

    @Override
    public void deleteMember(String poolId, String memberId) {
        resources.delete(MEMBER, List.of(poolId, memberId), Query.NONE);
    }

    @Override
    public HealthMonitor createHealthMonitor(String poolId, DesiredHealthMonitor desired) {
        ObjectNode body = Json.object(desired).put("pool_id", poolId);
        return resources.create(HEALTH_MONITORS, List.of(), "healthmonitor", body, HealthMonitor.class);
    }

    @Override
    public HealthMonitor updateHealthMonitor(String id, Changes changes) {
        return update(HEALTH_MONITOR, List.of(id), "healthmonitor", changes, HealthMonitor.class);
    }

    @Override
    public void deleteHealthMonitor(String id) {
        resources.delete(HEALTH_MONITOR, id);
    }

    private <T> T update(String template, List<String> ids, String key, Changes changes, Class<T> type) {
        return resources.update(template, ids, key, Json.object(changes.body()), type);
    }
}
