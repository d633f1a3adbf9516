package io.octavialb.vip.config;

import io.octavialb.vip.config.Dialect.Setting;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Checks the addresses of one instance, virtual ones, its own and its peers', for both formats. */
final class InstanceAddressChecks {
    /** The count of an advertisement is an octet (RFC 9568 §5.2.5). */
    private static final int MOST_ADVERTISED = 255;

    private static final int LONGEST_INTERFACE_NAME = 15;

    private final InstanceDraft draft;
    private final AgentDraft agent;
    private final Family family;
    private final Problems problems;

    InstanceAddressChecks(InstanceDraft draft, AgentDraft agent, Family family, Problems problems) {
        this.draft = draft;
        this.agent = agent;
        this.family = family;
        this.problems = problems;
    }

    void check() {
        addresses();
        source();
        peers();
    }

    void interfaceName(String name, Place place) {
        boolean bad = name.isEmpty()
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_INTERFACE_NAME
                || name.chars().anyMatch(c -> Character.isWhitespace(c) || c == '/');
        if (bad) {
            problems.error(
                    place,
                    at() + "\"" + name + "\" can't be the name of an interface",
                    "write at most " + LONGEST_INTERFACE_NAME + " octets without spaces and slashes");
        }
    }

    private void addresses() {
        if (draft.addresses.isEmpty()) {
            missing(Setting.ADDRESSES, "write at least one virtual address");
            return;
        }
        if (draft.addresses.size() > MOST_ADVERTISED) {
            error(
                    draft.addresses.getLast(),
                    Setting.ADDRESSES,
                    draft.addresses.size() + " addresses: an advertisement has room for " + MOST_ADVERTISED,
                    "set some under " + name(Setting.EXCLUDED));
        }
        for (Said<VirtualAddress> address : draft.addresses) {
            if (address.value().address().family() != family) {
                error(
                        address,
                        Setting.ADDRESSES,
                        address.value().address() + " is not of the family of the first one",
                        "write an instance for each family, or set it under " + name(Setting.EXCLUDED));
            }
            address(address);
        }
        draft.excluded.forEach(this::address);
        Said<VirtualAddress> first = draft.addresses.getFirst();
        if (family == Family.IPV6 && !first.value().address().isLinkLocal()) {
            problems.warning(
                    first.place(),
                    at() + "the first IPv6 address " + first.value().address()
                            + " is not link-local, as RFC 9568 §5.2.9 wants it",
                    "write a link-local address before it, such as fe80::1, on all its routers");
        }
    }

    private void address(Said<VirtualAddress> said) {
        VirtualAddress address = said.value();
        Addresses.whyNotUnicast(address.address())
                .ifPresent(why -> problems.error(
                        said.place(), at() + address.address() + " " + why, "write an address that a host may have"));
        address.device().ifPresent(device -> interfaceName(device, said.place()));
        address.label().ifPresent(label -> label(label, address, said.place()));
    }

    private void label(String label, VirtualAddress address, Place place) {
        if (label.isEmpty() || label.getBytes(StandardCharsets.UTF_8).length > LONGEST_INTERFACE_NAME) {
            problems.error(
                    place,
                    at() + "the label \"" + label + "\" is empty or longer than " + LONGEST_INTERFACE_NAME + " octets",
                    "write a shorter one, such as eth0:1");
        } else if (address.address().family() == Family.IPV6) {
            problems.warning(place, at() + "the label " + label + " has no effect on an IPv6 address", "remove it");
        }
    }

    private void source() {
        if (draft.trackSource != null && draft.trackSource.value() && draft.source == null) {
            problems.warning(
                    draft.trackSource.place(),
                    at() + name(Setting.TRACK_SOURCE) + " has no effect without " + name(Setting.SOURCE),
                    "write " + name(Setting.SOURCE));
        }
        if (draft.source == null) {
            return;
        }
        Said<IpAddress> source = draft.source;
        if (source.value().family() != family && !draft.addresses.isEmpty()) {
            error(
                    source,
                    Setting.SOURCE,
                    source.value() + " is not of the family of the virtual addresses",
                    "write one that is");
        }
        Addresses.whyNotUnicast(source.value())
                .ifPresent(why ->
                        error(source, Setting.SOURCE, source.value() + " " + why, "write an address of this node"));
        if (family == Family.IPV6 && draft.unicast == null && !source.value().isLinkLocal()) {
            problems.warning(
                    source.place(),
                    at() + name(Setting.SOURCE) + " " + source.value()
                            + " is not link-local, as RFC 9568 §5.1.2.1 wants it",
                    "write the interface's link-local address, or remove it");
        }
    }

    private void peers() {
        if (draft.unicast != null && draft.peers.isEmpty()) {
            problems.error(
                    draft.unicast,
                    at() + name(Setting.PEERS) + " names no peer: every router would be active",
                    "write the other routers' addresses, or remove it and " + name(Setting.SOURCE) + " for multicast");
        }
        Set<IpAddress> seen = new HashSet<>();
        for (Said<IpAddress> peer : draft.peers) {
            if (peer.value().family() != family && !draft.addresses.isEmpty()) {
                error(
                        peer,
                        Setting.PEERS,
                        peer.value() + " is not of the family of the virtual addresses",
                        "write one that is");
            } else if (draft.source != null && draft.source.value().equals(peer.value())) {
                error(
                        peer,
                        Setting.PEERS,
                        peer.value() + " is this node's own source",
                        "write the other routers' addresses only");
            } else if (!seen.add(peer.value())) {
                error(peer, Setting.PEERS, peer.value() + " is said twice", "remove one");
            }
            Addresses.whyNotUnicast(peer.value())
                    .ifPresent(why -> error(peer, Setting.PEERS, peer.value() + " " + why, "write a router's address"));
            if (isVirtual(peer.value())) {
                error(peer, Setting.PEERS, peer.value() + " is a virtual address", "write a router's own address");
            }
        }
        if (draft.source != null && isVirtual(draft.source.value())) {
            error(
                    draft.source,
                    Setting.SOURCE,
                    draft.source.value() + " is a virtual address",
                    "write this node's own address");
        }
    }

    private boolean isVirtual(IpAddress address) {
        NodeAddress there = draft.onInterface(address);
        return draft.addresses.stream()
                .anyMatch(said -> draft.onNode(said.value()).equals(there));
    }

    private void missing(Setting setting, String remedy) {
        problems.error(draft.place, "instance " + draft.name + " has no " + name(setting), remedy);
    }

    private void error(Said<?> said, Setting setting, String what, String remedy) {
        problems.error(said.place(), at() + name(setting) + " " + what, remedy);
    }

    private String at() {
        return "instance " + draft.name + ": ";
    }

    private String name(Setting setting) {
        return agent.dialect.name(setting);
    }
}
