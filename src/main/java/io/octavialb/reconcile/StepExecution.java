package io.octavialb.reconcile;

import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.desired.DesiredFloatingIp;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Observed;
import io.octavialb.model.observed.Pool;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import io.octavialb.plan.PoolRef;
import io.octavialb.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one step and tells what is observed then.
 *
 * <p>The request's answer is the observation, so nothing has to be read again. Throws {@link CloudException}; what is
 * observed after that is not known.
 */
public final class StepExecution {
    private static final String PENDING_UPDATE = "PENDING_UPDATE";

    private final Octavia octavia;
    private final Neutron neutron;
    private final SecurityGroupExecution securityGroups;

    StepExecution(Octavia octavia, Neutron neutron, SecurityGroupExecution securityGroups) {
        this.octavia = octavia;
        this.neutron = neutron;
        this.securityGroups = securityGroups;
    }

    /** Carries out a step that refers to nothing that is still to be created. */
    public Observed execute(Step step, Observed observed) {
        return switch (step) {
            case Step.FloatingIpStep floatingIp -> observed.with(execute(floatingIp, observed.floatingIps()));
            case Step.SecurityGroupStep securityGroup ->
                observed.with(securityGroups.execute(
                        securityGroup,
                        Objects.requireNonNull(observed.securityGroups(), "security groups that were not read")));
            case Step.CreateLoadBalancer s -> observed.with(octavia.createLoadBalancer(s.desired()));
            case Step.DeleteLoadBalancer s -> {
                octavia.deleteLoadBalancer(s.loadBalancer().id(), s.cascade());
                yield pending(observed, tree(observed), "PENDING_DELETE");
            }
            case Step.LoadBalancerStep child -> pending(observed, execute(child, tree(observed)), PENDING_UPDATE);
        };
    }

    private static Observed pending(Observed observed, LoadBalancerTree tree, String status) {
        return observed.with(tree.with(tree.loadBalancer().withProvisioningStatus(status)));
    }

    private LoadBalancerTree execute(Step.LoadBalancerStep step, LoadBalancerTree tree) {
        return switch (step) {
            case Step.CreateLoadBalancer _, Step.DeleteLoadBalancer _ ->
                throw new IllegalArgumentException("not a change of an existing load balancer: " + step);
            case Step.UpdateLoadBalancer s ->
                tree.with(octavia.updateLoadBalancer(s.loadBalancer().id(), s.changes()));
            case Step.CreateListener s ->
                tree.with(octavia.createListener(
                        tree.loadBalancer().id(), s.desired(), s.defaultPool() == null ? null : id(s.defaultPool())));
            case Step.UpdateListener s ->
                tree.with(octavia.updateListener(s.listener().id(), listenerChanges(s)));
            case Step.DeleteListener s -> {
                octavia.deleteListener(s.listener().id());
                yield tree.withoutListener(s.listener().id());
            }
            case Step.CreatePool s -> {
                Pool pool = octavia.createPool(tree.loadBalancer().id(), s.desired());
                yield tree.with(new PoolTree(pool, List.of(), null));
            }
            case Step.UpdatePool s -> {
                Pool changed = octavia.updatePool(s.pool().id(), s.changes());
                PoolTree pool = pool(tree, s.pool().id());
                yield tree.with(new PoolTree(changed, pool.members(), pool.healthMonitor()));
            }
            case Step.DeletePool s -> {
                octavia.deletePool(s.pool().id());
                yield tree.withoutPool(s.pool().id());
            }
            case Step.ReplaceMembers s -> {
                PoolTree pool = pool(tree, id(s.pool()));
                octavia.replaceMembers(pool.id(), s.members());
                yield tree.with(pool.withMembers(asObserved(s.members(), pool.members())));
            }
            case Step.CreateMember s -> {
                PoolTree pool = pool(tree, id(s.pool()));
                yield tree.with(added(pool, octavia.createMember(pool.id(), s.desired())));
            }
            case Step.UpdateMember s -> {
                PoolTree pool = pool(tree, id(s.pool()));
                Member changed = octavia.updateMember(pool.id(), s.member().id(), s.changes());
                yield tree.with(added(without(pool, s.member()), changed));
            }
            case Step.DeleteMember s -> {
                PoolTree pool = pool(tree, id(s.pool()));
                octavia.deleteMember(pool.id(), s.member().id());
                yield tree.with(without(pool, s.member()));
            }
            case Step.CreateHealthMonitor s -> {
                PoolTree pool = pool(tree, id(s.pool()));
                yield tree.with(pool.withHealthMonitor(octavia.createHealthMonitor(pool.id(), s.desired())));
            }
            case Step.UpdateHealthMonitor s -> {
                PoolTree pool = pool(tree, s.poolId());
                yield tree.with(pool.withHealthMonitor(
                        octavia.updateHealthMonitor(s.monitor().id(), s.changes())));
            }
            case Step.DeleteHealthMonitor s -> {
                octavia.deleteHealthMonitor(s.monitor().id());
                yield tree.with(pool(tree, s.poolId()).withHealthMonitor(null));
            }
        };
    }

    private List<FloatingIp> execute(Step.FloatingIpStep step, List<FloatingIp> floatingIps) {
        return switch (step) {
            case Step.ReserveFloatingIp s ->
                Stream.concat(floatingIps.stream(), Stream.of(create(s.desired(), null)))
                        .toList();
            case Step.CreateFloatingIp s -> List.of(create(s.desired(), port(s.portId())));
            case Step.AttachFloatingIp s ->
                List.of(neutron.bindFloatingIp(
                        Objects.requireNonNull(s.floatingIpId(), "the floating IP is not reserved yet"),
                        port(s.portId())));
            case Step.DetachFloatingIp s -> {
                neutron.detachFloatingIp(s.floatingIp().id(), s.description());
                yield without(floatingIps, s.floatingIp());
            }
            case Step.DeleteFloatingIp s -> {
                neutron.deleteFloatingIp(s.floatingIp().id());
                yield without(floatingIps, s.floatingIp());
            }
        };
    }

    /** Tries the subnets in turn: one whose addresses are used up is refused as a conflict. */
    private FloatingIp create(DesiredFloatingIp desired, @Nullable String portId) {
        List<@Nullable String> subnets = new ArrayList<>(desired.subnetIds());
        if (subnets.isEmpty()) {
            subnets.add(null);
        }
        for (int i = 0; ; i++) {
            try {
                return neutron.createFloatingIp(
                        desired.floatingNetworkId(),
                        subnets.get(i),
                        desired.floatingIpAddress(),
                        portId,
                        desired.description());
            } catch (CloudException e) {
                if (i == subnets.size() - 1 || e.fault().ambiguous() || !refused(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean refused(CloudException e) {
        return switch (e.fault().kind()) {
            case CONFLICT, BAD_REQUEST, NOT_FOUND -> true;
            case UNREACHABLE,
                    NO_ANSWER,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    TOO_MANY_REQUESTS,
                    SERVER_ERROR,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    TENURE_OVER,
                    NO_ENDPOINT -> false;
        };
    }

    private static Changes listenerChanges(Step.UpdateListener step) {
        if (step.defaultPool() == null) {
            return step.changes();
        }
        Change switched = new Change("default_pool_id", step.listener().defaultPoolId(), id(step.defaultPool()));
        return new Changes(Stream.concat(step.changes().fields().stream(), Stream.of(switched))
                .toList());
    }

    /** The members that a batch update made, which is answered without a body; ids are kept where known. */
    private static List<Member> asObserved(List<DesiredMember> desired, List<Member> before) {
        return desired.stream()
                .map(member -> new Member(
                        before.stream()
                                .filter(old -> old.address().equals(member.address())
                                        && old.protocolPort() == member.protocolPort())
                                .map(Member::id)
                                .findFirst()
                                .orElse(""),
                        member.name(),
                        member.address(),
                        member.protocolPort(),
                        member.weight(),
                        member.backup(),
                        member.adminStateUp(),
                        member.subnetId(),
                        member.monitorAddress(),
                        member.monitorPort()))
                .toList();
    }

    private static PoolTree added(PoolTree pool, Member member) {
        return pool.withMembers(
                Stream.concat(pool.members().stream(), Stream.of(member)).toList());
    }

    private static PoolTree without(PoolTree pool, Member gone) {
        return pool.withMembers(pool.members().stream()
                .filter(member -> !member.id().equals(gone.id()))
                .toList());
    }

    private static List<FloatingIp> without(List<FloatingIp> floatingIps, FloatingIp gone) {
        return floatingIps.stream()
                .filter(floatingIp -> !floatingIp.id().equals(gone.id()))
                .toList();
    }

    private static LoadBalancerTree tree(Observed observed) {
        return Objects.requireNonNull(observed.tree(), "a step for a load balancer that does not exist");
    }

    private static PoolTree pool(LoadBalancerTree tree, String id) {
        return Objects.requireNonNull(tree.pool(id), () -> "no pool " + id + " was observed");
    }

    private static String id(PoolRef pool) {
        return switch (pool) {
            case PoolRef.Existing(String id) -> id;
            case PoolRef.New(var listener) ->
                throw new IllegalArgumentException("the pool of " + listener + " is not created yet");
        };
    }

    private static String port(@Nullable String portId) {
        return Objects.requireNonNull(portId, "the VIP has no port yet");
    }
}
