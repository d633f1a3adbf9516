package io.octavialb.reconcile;

import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.Neutron;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Searches for networks, subnets and ports, remembered for ten minutes: they are the same for most Services.
 *
 * <p>A search that found nothing is not remembered, so that what a user has just made is seen at the next pass.
 */
final class CachedSearches {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Neutron neutron;
    private final InstantSource clock;
    private final Map<String, Entry<Network>> networks = new ConcurrentHashMap<>();
    private final Map<String, Entry<Subnet>> subnets = new ConcurrentHashMap<>();
    private final Map<String, Entry<Port>> ports = new ConcurrentHashMap<>();

    private record Entry<T>(Instant until, List<T> found) {}

    CachedSearches(Neutron neutron, InstantSource clock) {
        this.neutron = neutron;
        this.clock = clock;
    }

    List<Network> externalNetworks() {
        return cached(networks, "external", neutron::externalNetworks);
    }

    boolean isExternal(String networkId) {
        return !cached(
                        networks,
                        networkId,
                        () -> neutron.externalNetworks().stream()
                                .filter(network -> network.id().equals(networkId))
                                .toList())
                .isEmpty();
    }

    List<Subnet> subnetsOf(String networkId) {
        return cached(subnets, networkId, () -> neutron.subnetsOf(networkId));
    }

    Optional<Subnet> subnet(String id) {
        return cached(subnets, id, () -> neutron.subnet(id).stream().toList()).stream()
                .findFirst();
    }

    List<Port> portsWithAddress(String address) {
        return cached(ports, address, () -> neutron.portsWithAddress(address));
    }

    private <T> List<T> cached(Map<String, Entry<T>> entries, String key, Supplier<List<T>> search) {
        Instant now = clock.instant();
        Entry<T> entry = entries.get(key);
        if (entry != null && entry.until().isAfter(now)) {
            return entry.found();
        }
        List<T> found = search.get();
        if (found.isEmpty()) {
            entries.remove(key);
        } else {
            entries.put(key, new Entry<>(now.plus(LIFETIME), found));
        }
        return found;
    }
}
