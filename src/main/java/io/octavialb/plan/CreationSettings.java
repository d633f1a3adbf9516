package io.octavialb.plan;

import io.octavialb.build.EventReasons;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.Observed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of annotations that are read when a load balancer is created, and say something else by now.
 *
 * <p>Only the Service that the load balancer was made for is told; the defaults of the cloud-config may change without a
 * word, for they are for load balancers to come.
 */
public final class CreationSettings {
    private CreationSettings() {}

    /** A Warning for each annotation that the load balancer there is does not follow. */
    public static List<Notice> notices(
            Ownership ownership, ServiceOptions asked, LoadBalancerSettings settings, Observed observed) {
        if (observed.tree() == null
                || !ownership.createdForService(observed.tree().loadBalancer())) {
            return List.of();
        }
        LoadBalancer present = observed.tree().loadBalancer();
        boolean vipByPort = asked.portId() != null;
        List<Notice> notices = new ArrayList<>();
        tell(notices, "port-id", asked.portId(), present.vipPortId());
        if (!vipByPort) {
            tell(notices, "subnet-id", of(asked.subnetId(), settings.subnetId()), present.vipSubnetId());
        }
        if (!vipByPort && asked.subnetId() == null) {
            tell(notices, "network-id", of(asked.networkId(), settings.networkId()), present.vipNetworkId());
        }
        tell(notices, "flavor-id", asked.flavorId(), present.flavorId());
        tell(notices, "availability-zone", asked.availabilityZone(), present.availabilityZone());
        return notices;
    }

    /** A class may beat the annotation. */
    private static @Nullable String of(@Nullable String annotation, @Nullable String resolved) {
        return annotation == null ? null : resolved;
    }

    private static void tell(List<Notice> notices, String key, @Nullable String asked, @Nullable String present) {
        if (asked == null || asked.isEmpty() || asked.equals(present)) {
            return;
        }
        String remedy = present == null ? "remove it" : "set it to \"" + present + "\"";
        notices.add(new Notice(
                EventReasons.SETTING_KEPT,
                "loadbalancer.openstack.org/" + key + ": \"" + asked + "\": the load balancer was created with "
                        + (present == null ? "none" : present) + " and keeps it: " + remedy
                        + ", or delete the Service and create it anew"));
    }
}
