package io.octavialb.reconcile;

import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.openstack.CloudException;
import io.octavialb.plan.Plan;
import io.octavialb.plan.Step;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes what of a plan can be executed now, planning anew from every answer.
 *
 * <p>Each request to Octavia leaves the load balancer PENDING, so there is at most one a pass; requests about the
 * floating IP and the security group need not wait for it, unless they take away what the load balancer still uses.
 */
final class PlanExecution {
    private static final Logger LOG = LoggerFactory.getLogger(PlanExecution.class);

    private final StepExecution steps;
    private final LoadBalancerWatch watch;
    private final InFlight inFlight;
    private final SharedChanges shared;

    PlanExecution(StepExecution steps, LoadBalancerWatch watch, InFlight inFlight, SharedChanges shared) {
        this.steps = steps;
        this.watch = watch;
        this.inFlight = inFlight;
        this.shared = shared;
    }

    /** Where a pass ended: what is observed, and what is left to do once the load balancer is ACTIVE. */
    record Progress(Observed observed, Plan left) {}

    /** Decides about a step that the cloud did not carry out. */
    interface Aside {
        /** Nothing is set aside: the pass ends. */
        Aside NEVER = (_, _, _) -> false;

        /** Sets the step's port aside, so that the next plan is without the step; false: the pass ends. */
        boolean set(Plan plan, Step step, CloudException refusal);
    }

    /**
     * Executes until nothing can be executed now.
     *
     * @param floatingIpAfterActive whether a floating IP is bound only to a VIP that is ACTIVE
     */
    Progress run(
            Service service,
            Observed start,
            Function<Observed, Plan> planner,
            boolean floatingIpAfterActive,
            Aside aside) {
        Observed observed = start;
        Plan plan = planner.apply(observed);
        if (!plan.isEmpty() && !pending(observed)) {
            LOG.info("{}: plan\n{}", service.key(), plan);
        }
        Optional<Step> next = executable(plan, observed, floatingIpAfterActive);
        while (next.isPresent()) {
            observed = execute(service, plan, next.get(), observed, aside);
            plan = planner.apply(observed);
            next = executable(plan, observed, floatingIpAfterActive);
        }
        return new Progress(observed, plan);
    }

    private Observed execute(Service service, Plan plan, Step step, Observed before, Aside aside) {
        Observed after;
        try {
            after = steps.execute(step, before);
        } catch (CloudException e) {
            if (aside.set(plan, step, e)) {
                LOG.warn("{}: port {} is set aside: {}", service.key(), plan.port(step), e.fault());
                return before;
            }
            inFlight.remove(service.uid());
            throw e;
        }
        inFlight.put(service.uid(), after);
        LoadBalancerTree tree = after.tree();
        if (tree != null) {
            shared.note(service, step, tree.loadBalancer().id());
        }
        if (step instanceof Step.LoadBalancerStep && tree != null) {
            watch.await(tree.loadBalancer().id(), service.key());
        }
        return after;
    }

    private static boolean pending(Observed observed) {
        return observed.tree() != null && observed.tree().loadBalancer().pending();
    }

    /** The first step that can be executed now; a request to Octavia never before one that the plan has earlier. */
    private static Optional<Step> executable(Plan plan, Observed observed, boolean floatingIpAfterActive) {
        LoadBalancerTree tree = observed.tree();
        LoadBalancer loadBalancer = tree == null ? null : tree.loadBalancer();
        Step firstOfOctavia = plan.steps().stream()
                .filter(Step.LoadBalancerStep.class::isInstance)
                .findFirst()
                .orElse(null);
        return plan.steps().stream()
                .filter(step -> switch (step) {
                    case Step.FloatingIpStep s -> executable(s, loadBalancer, floatingIpAfterActive);
                    case Step.SecurityGroupStep s -> executable(s, loadBalancer, isBefore(s, firstOfOctavia, plan));
                    case Step.LoadBalancerStep s -> s.equals(firstOfOctavia) && executable(s, loadBalancer);
                })
                .findFirst();
    }

    private static boolean executable(
            Step.FloatingIpStep step, @Nullable LoadBalancer loadBalancer, boolean afterActive) {
        boolean bindable = loadBalancer != null && !loadBalancer.leaving() && (loadBalancer.active() || !afterActive);
        return switch (step) {
            case Step.CreateFloatingIp s -> s.portId() != null && bindable;
            case Step.AttachFloatingIp s -> s.floatingIpId() != null && s.portId() != null && bindable;
            case Step.ReserveFloatingIp _, Step.DetachFloatingIp _, Step.DeleteFloatingIp _ -> true;
        };
    }

    private static boolean isBefore(Step step, @Nullable Step other, Plan plan) {
        return other == null || plan.steps().indexOf(step) < plan.steps().indexOf(other);
    }

    /** @param inTurn whether nothing of Octavia is to be done before it */
    private static boolean executable(
            Step.SecurityGroupStep step, @Nullable LoadBalancer loadBalancer, boolean inTurn) {
        boolean unused = inTurn && (loadBalancer == null || loadBalancer.active());
        return switch (step) {
            case Step.CreateSecurityGroup _ -> true;
            case Step.CreateSecurityGroupRules s -> s.groupId() != null;
            case Step.AttachSecurityGroup s -> s.groupId() != null;
            case Step.DeleteSecurityGroupRule _, Step.DetachSecurityGroup _, Step.DeleteSecurityGroup _ -> unused;
        };
    }

    private static boolean executable(Step.LoadBalancerStep step, @Nullable LoadBalancer loadBalancer) {
        if (loadBalancer == null) {
            return step instanceof Step.CreateLoadBalancer;
        }
        return loadBalancer.active() || (step instanceof Step.DeleteLoadBalancer && loadBalancer.error());
    }
}
