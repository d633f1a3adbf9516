package io.octavialb.vip;

import io.octavialb.net.Link;
import io.octavialb.net.LinkAddress;
import io.octavialb.net.LinkEvent;
import io.octavialb.net.PrimaryAddress;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The interfaces of this node and their addresses, as the kernel last told them. */
final class NodeView {
    private final Map<Integer, Link> links = new HashMap<>();
    private final Map<String, Link> byName = new HashMap<>();
    private final Map<Key, LinkAddress> addresses = new LinkedHashMap<>();
    private final Map<Held, Integer> prefixLengths = new HashMap<>();

    private record Key(int linkIndex, IpAddress address, int prefixLength) {
        static Key of(LinkAddress address) {
            return new Key(address.linkIndex(), address.address(), address.prefixLength());
        }

        Held held() {
            return new Held(linkIndex, address);
        }

        /** Spelled out as {@link IpAddress#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && linkIndex == key.linkIndex
                    && prefixLength == key.prefixLength
                    && address.equals(key.address);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * address.hashCode() + linkIndex) + prefixLength;
        }
    }

    /** An address on a link, whatever its prefix length. */
    private record Held(int linkIndex, IpAddress address) {
        /** Spelled out as {@link IpAddress#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Held held && linkIndex == held.linkIndex && address.equals(held.address);
        }

        @Override
        public int hashCode() {
            return 31 * address.hashCode() + linkIndex;
        }
    }

    /** Takes the whole truth; what is not in it is gone. */
    void replace(List<Link> allLinks, List<LinkAddress> allAddresses) {
        links.clear();
        byName.clear();
        addresses.clear();
        prefixLengths.clear();
        allLinks.forEach(this::put);
        allAddresses.forEach(this::put);
    }

    /** Takes a change; an overrun is answered with {@link #replace} instead. */
    void apply(LinkEvent event) {
        switch (event) {
            case LinkEvent.LinkChanged(var link) -> {
                remove(link.index());
                put(link);
            }
            case LinkEvent.LinkRemoved removed -> {
                remove(removed.index());
                addresses.keySet().removeIf(key -> key.linkIndex() == removed.index());
                prefixLengths.keySet().removeIf(held -> held.linkIndex() == removed.index());
            }
            case LinkEvent.AddressAdded(var address) -> put(address);
            case LinkEvent.AddressRemoved(var address) -> remove(Key.of(address));
            case LinkEvent.Overrun _ -> throw new IllegalArgumentException("an overrun needs the whole truth");
        }
    }

    private void put(Link link) {
        links.put(link.index(), link);
        byName.put(link.name(), link);
    }

    private void put(LinkAddress address) {
        Key key = Key.of(address);
        if (addresses.put(key, address) == null) {
            prefixLengths.merge(key.held(), 1, Integer::sum);
        }
    }

    private void remove(Key key) {
        if (addresses.remove(key) != null) {
            prefixLengths.computeIfPresent(key.held(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private void remove(int index) {
        Link known = links.remove(index);
        if (known != null) {
            byName.remove(known.name(), known);
        }
    }

    @Nullable
    Link link(int index) {
        return links.get(index);
    }

    @Nullable
    Link link(String name) {
        return byName.get(name);
    }

    boolean up(String name) {
        Link link = byName.get(name);
        return link != null && link.up();
    }

    /** All addresses of this node. */
    Collection<LinkAddress> addresses() {
        return addresses.values();
    }

    String nameOf(int linkIndex) {
        Link link = links.get(linkIndex);
        return link == null ? "interface " + linkIndex : link.name();
    }

    boolean has(Link link, IpAddress address) {
        return prefixLengths.containsKey(new Held(link.index(), address));
    }

    /** Whether the address is there with that prefix length, put there by this program. */
    boolean hasOwn(Link link, IpAddress address, int prefixLength) {
        LinkAddress found = addresses.get(new Key(link.index(), address, prefixLength));
        return found != null && found.own();
    }

    /**
     * The address that advertisements are sent from when none is configured.
     *
     * @param virtual addresses that come and go with a virtual router
     */
    Optional<IpAddress> primary(Link link, Family family, Set<IpAddress> virtual) {
        return PrimaryAddress.of(List.copyOf(addresses.values()), link.index(), family, virtual);
    }
}
