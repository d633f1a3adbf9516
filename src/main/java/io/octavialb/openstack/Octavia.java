package io.octavialb.openstack;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the Octavia API v2 that this program uses, one method a request.
 *
 * <p>Lists are whole: all pages are read. Deleting what is gone already succeeds. Every method throws
 * {@link CloudException}. A mutation leaves its load balancer PENDING: the next one has to wait until it is ACTIVE.
 * A change whose new value is null resets the field.
 */
public interface Octavia {
    /** {@code GET /}; cached, and never guessed: throws while it could not be read. */
    OctaviaVersion version();

    /** {@code GET /v2/lbaas/loadbalancers}: all that the credentials may see. */
    List<LoadBalancer> loadBalancers();

    /** {@code GET /v2/lbaas/loadbalancers?name=}; names are not unique. */
    List<LoadBalancer> loadBalancersNamed(String name);

    /** {@code GET /v2/lbaas/loadbalancers?tags=}: those that have the tag, among others. */
    List<LoadBalancer> loadBalancersTagged(String tag);

    /** {@code GET /v2/lbaas/loadbalancers/{id}}. */
    Optional<LoadBalancer> loadBalancer(String id);

    /** {@code GET /v2/lbaas/loadbalancers?fields=id&fields=provisioning_status}: every load balancer's id and status. */
    Map<String, String> provisioningStatuses();

    /** {@code GET /v2/lbaas/listeners?load_balancer_id=}. */
    List<Listener> listeners(String loadBalancerId);

    /** {@code GET /v2/lbaas/pools?loadbalancer_id=}. */
    List<Pool> pools(String loadBalancerId);

    /** {@code GET /v2/lbaas/pools/{pool}/members}. */
    List<Member> members(String poolId);

    /** {@code GET /v2/lbaas/healthmonitors?tags=}; the API can't list the monitors of a load balancer. */
    List<HealthMonitor> healthMonitorsTagged(String tag);

    /** {@code GET /v2/lbaas/healthmonitors/{id}}. */
    Optional<HealthMonitor> healthMonitor(String id);

    /** {@code POST /v2/lbaas/loadbalancers} with listeners, pools, members and monitors; the answer is the whole tree. */
    LoadBalancerTree createLoadBalancer(DesiredLoadBalancer desired);

    LoadBalancer updateLoadBalancer(String id, Changes changes);

    /** {@code DELETE /v2/lbaas/loadbalancers/{id}?cascade=}; cascading deletes all below it as well. */
    void deleteLoadBalancer(String id, boolean cascade);

    Listener createListener(String loadBalancerId, DesiredListener desired, @Nullable String defaultPoolId);

    Listener updateListener(String id, Changes changes);

    void deleteListener(String id);

    /** {@code POST /v2/lbaas/pools} without members and monitor, which Octavia refuses there with 500. */
    Pool createPool(String loadBalancerId, DesiredPool desired);

    Pool updatePool(String id, Changes changes);

    /** {@code DELETE /v2/lbaas/pools/{id}}; takes its members and monitor along. */
    void deletePool(String id);

    /** {@code PUT /v2/lbaas/pools/{pool}/members}: the pool's members become exactly these. */
    void replaceMembers(String poolId, List<DesiredMember> members);

    Member createMember(String poolId, DesiredMember desired);

    Member updateMember(String poolId, String memberId, Changes changes);

    void deleteMember(String poolId, String memberId);

    HealthMonitor createHealthMonitor(String poolId, DesiredHealthMonitor desired);

    HealthMonitor updateHealthMonitor(String id, Changes changes);

    void deleteHealthMonitor(String id);
}
