package io.octavialb.plan;

import io.octavialb.build.EventReasons;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.Observed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of annotations that are read when a load balancer is created, and say something else than the one there is.
 *
 * <p>The defaults of the cloud-config may change without a word, for they are for load balancers to come.
 */
public final class CreationSettings {
    private CreationSettings() {}

    /** A Warning for each annotation that the load balancer there is does not follow. */
    public static List<Notice> notices(
            Ownership ownership,
            ServiceOptions asked,
            LoadBalancerSettings settings,
            Desired desired,
            Observed observed) {
        if (observed.tree() == null) {
            return List.of();
        }
        LoadBalancer present = observed.tree().loadBalancer();
        Told told = new Told(ownership.createdForService(present), new ArrayList<>());
        boolean vipByPort = asked.portId() != null;
        told.add("port-id", asked.portId(), present.vipPortId());
        if (!vipByPort) {
            told.add("subnet-id", of(asked.subnetId(), settings.subnetId()), present.vipSubnetId());
        }
        if (!vipByPort && asked.subnetId() == null) {
            told.add("network-id", of(asked.networkId(), settings.networkId()), present.vipNetworkId());
        }
        present.additionalVips().stream()
                .findFirst()
                .ifPresent(second -> told.add("additional-subnet-id", asked.additionalSubnetId(), second.subnetId()));
        if (desired.loadBalancer().flavorId() != null) {
            told.add("flavor-id", asked.flavorId(), present.flavorId());
        }
        if (desired.loadBalancer().availabilityZone() != null) {
            told.add("availability-zone", asked.availabilityZone(), present.availabilityZone());
        }
        return told.notices();
    }

    /** A class may beat the annotation. */
    private static @Nullable String of(@Nullable String annotation, @Nullable String resolved) {
        return annotation == null ? null : resolved;
    }

    /** @param own whether the load balancer was made for the Service */
    private record Told(boolean own, List<Notice> notices) {
        void add(String key, @Nullable String asked, @Nullable String present) {
            if (asked == null || asked.isEmpty() || asked.equals(present)) {
                return;
            }
            String shown = present == null ? "none" : "\"" + present + "\"";
            notices.add(new Notice(
                    EventReasons.SETTING_KEPT,
                    "loadbalancer.openstack.org/" + key + ": \"" + asked + "\": "
                            + (own ? kept(shown, present) : notMadeForIt(shown))));
        }

        private static String kept(String shown, @Nullable String present) {
            return "the load balancer was created with " + (present == null ? "none" : present) + " and keeps it: "
                    + (present == null ? "remove it" : "set it to " + shown)
                    + ", or delete the Service and create it anew";
        }

        private static String notMadeForIt(String shown) {
            return "the load balancer that loadbalancer.openstack.org/load-balancer-id names was not created for this"
                    + " Service, and has " + shown + ": remove it";
        }
    }
}
