package io.octavialb.openstack;

import static io.octavialb.openstack.ApiService.OCTAVIA;
import static org.openstack4j.core.transport.HttpMethod.DELETE;
import static org.openstack4j.core.transport.HttpMethod.GET;
import static org.openstack4j.core.transport.HttpMethod.POST;
import static org.openstack4j.core.transport.HttpMethod.PUT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import io.octavialb.openstack.CloudException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openstack4j.core.transport.HttpMethod;

/** {@link Octavia} over HTTP. */
final class HttpOctavia implements Octavia {
    private static final String LOAD_BALANCERS = "/v2/lbaas/loadbalancers";
    private static final String LISTENERS = "/v2/lbaas/listeners";
    private static final String POOLS = "/v2/lbaas/pools";
    private static final String MEMBERS = "/v2/lbaas/pools/{pool}/members";
    private static final String MONITORS = "/v2/lbaas/healthmonitors";
    private static final String BY_ID = "/{id}";

    private final Requests requests;
    private final ObjectMapper json;
    private final Pages pages;
    private final VersionCache version;

    HttpOctavia(Requests requests, ObjectMapper json, VersionCache version) {
        this.requests = requests;
        this.json = json;
        this.pages = new Pages(requests, json);
        this.version = version;
    }

    @Override
    public OctaviaVersion version() {
        return version.version(() -> requests.send(OCTAVIA, ApiRequest.of(GET, "/"), VersionCache::newest));
    }

    @Override
    public List<LoadBalancer> loadBalancersNamed(String name) {
        return pages.all(
                OCTAVIA, ApiRequest.of(GET, LOAD_BALANCERS).with("name", name), "loadbalancers", LoadBalancer.class);
    }

    @Override
    public Optional<LoadBalancer> loadBalancer(String id) {
        return found(ApiRequest.of(GET, LOAD_BALANCERS + BY_ID, id), "loadbalancer", LoadBalancer.class);
    }

    @Override
    public Map<String, String> provisioningStatuses() {
        ApiRequest request =
                ApiRequest.of(GET, LOAD_BALANCERS).with("fields", "id").with("fields", "provisioning_status");
        Map<String, String> statuses = new LinkedHashMap<>();
        pages.all(OCTAVIA, request, "loadbalancers", ProvisioningStatus.class)
                .forEach(status -> statuses.put(status.id(), status.provisioningStatus()));
        return statuses;
    }

    @Override
    public List<Listener> listeners(String loadBalancerId) {
        return pages.all(
                OCTAVIA,
                ApiRequest.of(GET, LISTENERS).with("load_balancer_id", loadBalancerId),
                "listeners",
                Listener.class);
    }

    @Override
    public List<Pool> pools(String loadBalancerId) {
        return pages.all(
                OCTAVIA, ApiRequest.of(GET, POOLS).with("loadbalancer_id", loadBalancerId), "pools", Pool.class);
    }

    @Override
    public List<Member> members(String poolId) {
        return pages.all(OCTAVIA, ApiRequest.of(GET, MEMBERS, poolId), "members", Member.class);
    }

    @Override
    public List<HealthMonitor> healthMonitorsTagged(String tag) {
        return pages.all(
                OCTAVIA, ApiRequest.of(GET, MONITORS).with("tags", tag), "healthmonitors", HealthMonitor.class);
    }

    @Override
    public Optional<HealthMonitor> healthMonitor(String id) {
        return found(ApiRequest.of(GET, MONITORS + BY_ID, id), "healthmonitor", HealthMonitor.class);
    }

    @Override
    public LoadBalancerTree createLoadBalancer(DesiredLoadBalancer desired) {
        return requests.send(
                OCTAVIA,
                ApiRequest.of(POST, LOAD_BALANCERS).with(body("loadbalancer", json.valueToTree(desired))),
                answer -> PopulatedLoadBalancer.read(answer.path("loadbalancer"), json));
    }

    @Override
    public LoadBalancer updateLoadBalancer(String id, Changes changes) {
        return changed(LOAD_BALANCERS + BY_ID, "loadbalancer", changes, LoadBalancer.class, id);
    }

    @Override
    public void deleteLoadBalancer(String id, boolean cascade) {
        ApiRequest request = ApiRequest.of(DELETE, LOAD_BALANCERS + BY_ID, id);
        delete(cascade ? request.with("cascade", "true") : request);
    }

    @Override
    public Listener createListener(String loadBalancerId, DesiredListener desired, String defaultPoolId) {
        ObjectNode listener = json.valueToTree(desired);
        listener.remove("default_pool");
        listener.put("loadbalancer_id", loadBalancerId).put("default_pool_id", defaultPoolId);
        return created(LISTENERS, "listener", listener, Listener.class);
    }

    @Override
    public Listener updateListener(String id, Changes changes) {
        return changed(LISTENERS + BY_ID, "listener", changes, Listener.class, id);
    }

    @Override
    public void deleteListener(String id) {
        delete(ApiRequest.of(DELETE, LISTENERS + BY_ID, id));
    }

    @Override
    public Pool createPool(String loadBalancerId, DesiredPool desired) {
        ObjectNode pool = json.valueToTree(desired);
        pool.remove(List.of("members", "healthmonitor"));
        pool.put("loadbalancer_id", loadBalancerId);
        return created(POOLS, "pool", pool, Pool.class);
    }

    @Override
    public Pool updatePool(String id, Changes changes) {
        return changed(POOLS + BY_ID, "pool", changes, Pool.class, id);
    }

    @Override
    public void deletePool(String id) {
        delete(ApiRequest.of(DELETE, POOLS + BY_ID, id));
    }

    @Override
    public void replaceMembers(String poolId, List<DesiredMember> members) {
        requests.send(OCTAVIA, ApiRequest.of(PUT, MEMBERS, poolId).with(body("members", json.valueToTree(members))));
    }

    @Override
    public Member createMember(String poolId, DesiredMember desired) {
        return created(MEMBERS, "member", json.valueToTree(desired), Member.class, poolId);
    }

    @Override
    public Member updateMember(String poolId, String memberId, Changes changes) {
        return changed(MEMBERS + BY_ID, "member", changes, Member.class, poolId, memberId);
    }

    @Override
    public void deleteMember(String poolId, String memberId) {
        delete(ApiRequest.of(DELETE, MEMBERS + BY_ID, poolId, memberId));
    }

    @Override
    public HealthMonitor createHealthMonitor(String poolId, DesiredHealthMonitor desired) {
        ObjectNode monitor = json.valueToTree(desired);
        monitor.put("pool_id", poolId);
        return created(MONITORS, "healthmonitor", monitor, HealthMonitor.class);
    }

    @Override
    public HealthMonitor updateHealthMonitor(String id, Changes changes) {
        return changed(MONITORS + BY_ID, "healthmonitor", changes, HealthMonitor.class, id);
    }

    @Override
    public void deleteHealthMonitor(String id) {
        delete(ApiRequest.of(DELETE, MONITORS + BY_ID, id));
    }

    private <T> Optional<T> found(ApiRequest request, String name, Class<T> type) {
        try {
            return Optional.of(requests.send(OCTAVIA, request, answer -> json.convertValue(answer.path(name), type)));
        } catch (CloudException e) {
            if (e.fault().kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private <T> T created(String path, String name, JsonNode resource, Class<T> type, String... ids) {
        return sent(POST, path, name, resource, type, ids);
    }

    private <T> T changed(String path, String name, Changes changes, Class<T> type, String... ids) {
        return sent(PUT, path, name, json.valueToTree(changes.body()), type, ids);
    }

    private <T> T sent(HttpMethod method, String path, String name, JsonNode resource, Class<T> type, String... ids) {
        return requests.send(
                OCTAVIA,
                ApiRequest.of(method, path, ids).with(body(name, resource)),
                answer -> json.convertValue(answer.path(name), type));
    }

    /** What is gone already is deleted. */
    private void delete(ApiRequest request) {
        try {
            requests.send(OCTAVIA, request);
        } catch (CloudException e) {
            if (e.fault().kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static JsonNode body(String name, JsonNode resource) {
        return JsonNodeFactory.instance.objectNode().set(name, resource);
    }
}
