package io.octavialb.model.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Node, reduced to what decides whether and where it is a member.
 *
 * @param taints the keys of {@code spec.taints}
 * @param providerId {@code spec.providerID}, for example {@code openstack:///<instance id>}
 * @param addresses in the order of {@code status.addresses}
 */
public record Node(
        String name,
        Map<String, String> labels,
        Set<String> taints,
        boolean deleting,
        @Nullable String providerId,
        List<Address> addresses) {

    /** An entry of {@code status.addresses}; type {@code InternalIP}, {@code ExternalIP}, {@code Hostname}, … */
    public record Address(String type, String address) {}

    public Node {
        labels = Map.copyOf(labels);
        taints = Set.copyOf(taints);
        addresses = List.copyOf(addresses);
    }
}
