package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.desired.DesiredFloatingIp;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.desired.DesiredSecurityGroup;
import io.octavialb.model.desired.DesiredSecurityGroupRule;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Pool;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroupRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to the cloud that a plan asks for.
 *
 * <p>A {@link LoadBalancerStep} needs the load balancer ACTIVE and leaves it PENDING, so a pass carries out one of them
 * and the next plan, made from the request's answer, begins with the step after it.
 */
public sealed interface Step {
    /** The reason of every change; which fields differ stands with it. */
    String DIFFERS = "differs from what the Service asks for";

    /** Why it has to be done, as a phrase for people. */
    String why();

    /** A request to Octavia. */
    sealed interface LoadBalancerStep extends Step {}

    /** A request to Neutron about the floating IP of the VIP; does not depend on the load balancer's status. */
    sealed interface FloatingIpStep extends Step {}

    /** A request to Neutron about the Service's security group; does not depend on the load balancer's status. */
    sealed interface SecurityGroupStep extends Step {}

    record CreateLoadBalancer(DesiredLoadBalancer desired) implements LoadBalancerStep {
        @Override
        public String why() {
            return "the Service has none";
        }
    }

    record UpdateLoadBalancer(LoadBalancer loadBalancer, Changes changes) implements LoadBalancerStep {
        @Override
        public String why() {
            return DIFFERS;
        }
    }

    record DeleteLoadBalancer(LoadBalancer loadBalancer, boolean cascade, String why) implements LoadBalancerStep {}

    /**
     * Creates a listener.
     *
     * @param loadBalancerId null in a plan made before the load balancer exists; likewise in the other steps
     * @param defaultPool null for a listener without one
     */
    record CreateListener(
            @Nullable String loadBalancerId,
            DesiredListener desired,
            @Nullable PoolRef defaultPool) implements LoadBalancerStep {
        @Override
        public String why() {
            return "the Service has this port";
        }
    }

    /**
     * Changes a listener.
     *
     * @param defaultPool the pool it is switched to; null when it keeps its own
     */
    record UpdateListener(
            Listener listener, Changes changes, @Nullable PoolRef defaultPool) implements LoadBalancerStep {
        @Override
        public String why() {
            return DIFFERS;
        }
    }

    record DeleteListener(Listener listener, String why) implements LoadBalancerStep {}

    record CreatePool(@Nullable String loadBalancerId, ListenerKey listener, DesiredPool desired)
            implements LoadBalancerStep {
        @Override
        public String why() {
            return "the listener has none that fits";
        }
    }

    record UpdatePool(Pool pool, Changes changes) implements LoadBalancerStep {
        @Override
        public String why() {
            return DIFFERS;
        }
    }

    record DeletePool(Pool pool, String why) implements LoadBalancerStep {}

    /** One batch update: the pool's members become exactly these. */
    record ReplaceMembers(PoolRef pool, List<DesiredMember> members, MemberDifference difference)
            implements LoadBalancerStep {
        @Override
        public String why() {
            return difference.toString();
        }
    }

    record CreateMember(PoolRef pool, DesiredMember desired) implements LoadBalancerStep {
        @Override
        public String why() {
            return "the pool lacks this node";
        }
    }

    record UpdateMember(PoolRef pool, Member member, Changes changes) implements LoadBalancerStep {
        @Override
        public String why() {
            return DIFFERS;
        }
    }

    record DeleteMember(PoolRef pool, Member member) implements LoadBalancerStep {
        @Override
        public String why() {
            return "no node asks for it";
        }
    }

    record CreateHealthMonitor(PoolRef pool, DesiredHealthMonitor desired) implements LoadBalancerStep {
        @Override
        public String why() {
            return "the pool has none that fits";
        }
    }

    record UpdateHealthMonitor(String poolId, HealthMonitor monitor, Changes changes) implements LoadBalancerStep {
        @Override
        public String why() {
            return DIFFERS;
        }
    }

    record DeleteHealthMonitor(String poolId, HealthMonitor monitor, String why) implements LoadBalancerStep {}

    /** Creates a floating IP with the wanted address and without a port: refused before the present one is given up. */
    record ReserveFloatingIp(DesiredFloatingIp desired) implements FloatingIpStep {
        @Override
        public String why() {
            return "spec.loadBalancerIP is " + desired.floatingIpAddress();
        }
    }

    /**
     * Creates a floating IP bound to the VIP port.
     *
     * @param portId null in a plan made before the load balancer exists
     */
    record CreateFloatingIp(
            DesiredFloatingIp desired, @Nullable String portId) implements FloatingIpStep {
        @Override
        public String why() {
            return "the Service is not internal, and the VIP has none";
        }
    }

    /**
     * Binds a floating IP to the VIP port.
     *
     * @param floatingIpId null in a plan made before it is reserved
     * @param portId null in a plan made before the load balancer exists
     */
    record AttachFloatingIp(
            @Nullable String floatingIpId,
            String address,
            @Nullable String portId) implements FloatingIpStep {
        @Override
        public String why() {
            return "the VIP has none";
        }
    }

    /**
     * Gives it back to its user.
     *
     * @param description what it is described with from then on
     */
    record DetachFloatingIp(FloatingIp floatingIp, String description, String why) implements FloatingIpStep {}

    record DeleteFloatingIp(FloatingIp floatingIp, String why) implements FloatingIpStep {}

    record CreateSecurityGroup(DesiredSecurityGroup desired) implements SecurityGroupStep {
        @Override
        public String why() {
            return "the Service has none";
        }
    }

    /**
     * Creates rules, all with one request.
     *
     * @param groupId null in a plan made before the group exists
     */
    record CreateSecurityGroupRules(@Nullable String groupId, List<DesiredSecurityGroupRule> rules)
            implements SecurityGroupStep {
        public CreateSecurityGroupRules {
            rules = List.copyOf(rules);
        }

        @Override
        public String why() {
            return "the load balancer uses these ports";
        }
    }

    record DeleteSecurityGroupRule(SecurityGroup group, SecurityGroupRule rule, String why)
            implements SecurityGroupStep {}

    /**
     * Puts the group on a port, beside those it has.
     *
     * @param groupId null in a plan made before the group exists
     */
    record AttachSecurityGroup(@Nullable String groupId, Port port) implements SecurityGroupStep {
        @Override
        public String why() {
            return "an eligible node has this port";
        }
    }

    /** Takes the group off a port, which keeps its others. */
    record DetachSecurityGroup(SecurityGroup group, Port port, String why) implements SecurityGroupStep {}

    record DeleteSecurityGroup(SecurityGroup group, String why) implements SecurityGroupStep {}
}
