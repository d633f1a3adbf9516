package io.octavialb.vip.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A virtual address is that of one virtual router, once; a link-local one may be on several devices. */
final class UniqueAddresses {
    private UniqueAddresses() {}

    static void check(List<InstanceDraft> instances, Problems problems) {
        Map<NodeAddress, String> seen = new HashMap<>();
        for (InstanceDraft instance : instances) {
            Stream.concat(instance.addresses.stream(), instance.excluded.stream())
                    .forEach(said -> check(said, instance, seen, problems));
        }
    }

    private static void check(
            Said<VirtualAddress> said, InstanceDraft instance, Map<NodeAddress, String> seen, Problems problems) {
        String other = seen.putIfAbsent(instance.onNode(said.value()), instance.name);
        if (other != null) {
            problems.error(
                    said.place(),
                    "instance " + instance.name + ": " + said.value().address() + " is a virtual address of instance "
                            + other + " already",
                    "remove one");
        }
    }
}
