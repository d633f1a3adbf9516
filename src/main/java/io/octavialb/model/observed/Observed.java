package io.octavialb.model.observed;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud holds for one Service.
 *
 * @param tree null when there is no load balancer
 * @param floatingIps those attached to the VIP port, and one without a port that is reserved for it
 * @param securityGroups null when they were not read: this cluster does not manage any, or no pass came so far yet
 */
public record Observed(
        @Nullable LoadBalancerTree tree,
        List<FloatingIp> floatingIps,
        @Nullable SecurityGroups securityGroups) {

    public static final Observed NOTHING = new Observed(null, List.of());

    public Observed {
        floatingIps = List.copyOf(floatingIps);
    }

    /** Before the security groups are read. */
    public Observed(@Nullable LoadBalancerTree tree, List<FloatingIp> floatingIps) {
        this(tree, floatingIps, null);
    }

    public Observed with(LoadBalancerTree changed) {
        return new Observed(changed, floatingIps, securityGroups);
    }

    public Observed with(List<FloatingIp> changed) {
        return new Observed(tree, changed, securityGroups);
    }

    public Observed with(SecurityGroups changed) {
        return new Observed(tree, floatingIps, changed);
    }

    /** The floating IPs by which the VIP is reached. */
    public List<FloatingIp> attached() {
        return floatingIps.stream().filter(FloatingIp::attached).toList();
    }

    /** The subnet that members are reached in; null when none says so. */
    public @Nullable String memberSubnetId() {
        return tree == null
                ? null
                : tree.pools().stream()
                        .flatMap(pool -> pool.members().stream())
                        .flatMap(member -> Stream.ofNullable(member.subnetId()))
                        .findFirst()
                        .orElse(null);
    }
}
