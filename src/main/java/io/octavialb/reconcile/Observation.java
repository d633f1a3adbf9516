package io.octavialb.reconcile;

import io.octavialb.build.LoadBalancerBuild;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.model.observed.Pool;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the cloud holds for a Service below a load balancer that was found.
 *
 * <p>Four requests (listeners, pools, monitors, floating IPs) and one per pool of this Service for its members. Monitors
 * can't be listed by load balancer: ours are found by their tag at once; those of the reference, which carry none, cost
 * one request each.
 */
final class Observation {
    private final Octavia octavia;
    private final Neutron neutron;

    Observation(Octavia octavia, Neutron neutron) {
        this.octavia = octavia;
        this.neutron = neutron;
    }

    Observed read(Service service, Ownership ownership, LoadBalancer loadBalancer) {
        List<Listener> listeners = octavia.listeners(loadBalancer.id());
        List<FloatingIp> floatingIps = floatingIps(loadBalancer);
        Ownership proven = ownership.onceServedBy(service, loadBalancer, listeners, floatingIps);
        List<Pool> pools = pools(proven, loadBalancer, listeners);
        Map<String, HealthMonitor> monitors = taggedMonitors(ownership, pools);
        List<PoolTree> trees = pools.stream()
                .map(pool -> new PoolTree(pool, octavia.members(pool.id()), monitor(pool, monitors)))
                .toList();
        return new Observed(
                new LoadBalancerTree(loadBalancer, listeners, trees),
                Stream.concat(floatingIps.stream(), reserved(service, ownership, loadBalancer).stream())
                        .toList());
    }

    /** Without what is in the pools, which goes with them: for a release. */
    Observed readOutline(Ownership ownership, LoadBalancer loadBalancer) {
        List<Listener> listeners = octavia.listeners(loadBalancer.id());
        List<PoolTree> trees = pools(ownership, loadBalancer, listeners).stream()
                .map(pool -> new PoolTree(pool, List.of(), null))
                .toList();
        return new Observed(new LoadBalancerTree(loadBalancer, listeners, trees), floatingIps(loadBalancer));
    }

    boolean knowsTags() {
        return octavia.version().has(OctaviaVersion.TAGS);
    }

    private List<Pool> pools(Ownership ownership, LoadBalancer loadBalancer, List<Listener> listeners) {
        Set<String> poolsOfOthers = listeners.stream()
                .filter(listener -> ownership.ownedByAnother(listener, loadBalancer))
                .map(Listener::defaultPoolId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return octavia.pools(loadBalancer.id()).stream()
                .filter(pool -> !poolsOfOthers.contains(pool.id()))
                .toList();
    }

    private List<FloatingIp> floatingIps(LoadBalancer loadBalancer) {
        return loadBalancer.vipPortId() == null ? List.of() : neutron.floatingIpsOn(loadBalancer.vipPortId());
    }

    /**
     * Those made for the Service that are on no port. There are such only where it asks for an address: that is reserved
     * before the one on the VIP is given up, and may be left so when another is asked for meanwhile.
     */
    private List<FloatingIp> reserved(Service service, Ownership ownership, LoadBalancer loadBalancer) {
        return LoadBalancerBuild.floatingIpAddress(service) == null || !ownership.createdForService(loadBalancer)
                ? List.of()
                : neutron.floatingIpsDescribed(ownership.floatingIpDescription()).stream()
                        .filter(floatingIp -> !floatingIp.attached() && ownership.marked(floatingIp))
                        .toList();
    }

    private Map<String, HealthMonitor> taggedMonitors(Ownership ownership, List<Pool> pools) {
        boolean monitored = pools.stream().anyMatch(pool -> pool.healthmonitorId() != null);
        return monitored && knowsTags()
                ? octavia.healthMonitorsTagged(ownership.loadBalancerName()).stream()
                        .collect(Collectors.toMap(HealthMonitor::id, Function.identity()))
                : Map.of();
    }

    private @Nullable HealthMonitor monitor(Pool pool, Map<String, HealthMonitor> tagged) {
        String id = pool.healthmonitorId();
        if (id == null) {
            return null;
        }
        HealthMonitor found = tagged.get(id);
        return found != null ? found : octavia.healthMonitor(id).orElse(null);
    }
}
