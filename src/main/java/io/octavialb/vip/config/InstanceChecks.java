package io.octavialb.vip.config;

import io.octavialb.vip.config.Dialect.Key;
import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Version;
import io.octavialb.vrrp.VirtualRouter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks one instance against the protocol's rules, for both formats. */
final class InstanceChecks {
    private static final int LONGEST_INTERFACE_NAME = 15;
    private static final long DEFAULT_PRIORITY = 100;
    private static final int HIGHEST_VRID = 255;
    private static final Duration CENTISECOND = Duration.ofMillis(10);
    private static final Duration LONGEST_V3 = CENTISECOND.multipliedBy(4095);
    private static final Duration LONGEST_V2 = Duration.ofSeconds(255);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    private final InstanceDraft draft;
    private final AgentDraft agent;
    private final Problems problems;
    private final Family family;
    private final Version version;

    InstanceChecks(InstanceDraft draft, AgentDraft agent, Problems problems) {
        this.draft = draft;
        this.agent = agent;
        this.problems = problems;
        this.family = draft.addresses.isEmpty()
                ? Family.IPV4
                : draft.addresses.getFirst().value().address().family();
        this.version = version();
    }

    Family family() {
        return family;
    }

    /** Tells all that is wrong with the instance; the settings count only if nothing is. */
    @Nullable InstanceSettings settled(List<Tracked> interfaces, List<Tracked> checks) {
        String interfaceName = interfaceName();
        int vrid = ranged(draft.vrid, Key.VRID, 1, HIGHEST_VRID, 0);
        int priority = ranged(draft.priority, Key.PRIORITY, 1, VirtualRouter.OWNER_PRIORITY, DEFAULT_PRIORITY);
        int interval = intervalCentiseconds();
        Authentication authentication = authentication();
        addresses();
        source();
        peers();
        boolean preempt = preempt(priority);
        if (interfaceName == null || vrid == 0 || priority == 0 || interval == 0) {
            return null;
        }
        return new InstanceSettings(
                draft.name,
                interfaceName,
                version,
                family,
                vrid,
                priority,
                interval,
                false,
                preempt,
                preempt && draft.preemptDelay != null ? draft.preemptDelay.value() : Duration.ZERO,
                authentication,
                draft.checksum,
                AgentDraft.value(draft.source),
                draft.trackSource != null && draft.trackSource.value() && draft.source != null,
                values(draft.peers),
                values(draft.addresses),
                values(draft.excluded),
                interfaces,
                checks,
                draft.announcements.settled(),
                draft.notified.settled(),
                draft.place);
    }

    private Version version() {
        if (draft.version == null) {
            return family == Family.IPV6 || agent.version == 3 ? Version.V3 : Version.V2;
        }
        long said = draft.version.value();
        if (said != 2 && said != 3) {
            error(draft.version, Key.VERSION, said + " is not a version", "write 2 or 3");
        } else if (said == 2 && family == Family.IPV6) {
            error(draft.version, Key.VERSION, "2 has no IPv6", "write 3, or remove it");
        }
        return said == 2 && family == Family.IPV4 ? Version.V2 : Version.V3;
    }

    private @Nullable String interfaceName() {
        if (draft.interfaceName == null) {
            missing(Key.INTERFACE, "name the interface of the virtual router");
            return null;
        }
        interfaceName(draft.interfaceName.value(), draft.interfaceName.place());
        return draft.interfaceName.value();
    }

    private void interfaceName(String name, Place place) {
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

    /** 0 after an error. */
    private int ranged(@Nullable Said<Long> said, Key key, long least, long most, long unsaid) {
        if (said == null && unsaid == 0) {
            missing(key, "write a number from " + least + " to " + most + ", the same on all its routers");
            return 0;
        }
        long number = said == null ? unsaid : said.value();
        if (said != null && (number < least || number > most)) {
            error(said, key, number + " is out of range", "write a number from " + least + " to " + most);
            return 0;
        }
        return Math.toIntExact(number);
    }

    /** 0 after an error. */
    private int intervalCentiseconds() {
        if (draft.interval == null) {
            return Math.toIntExact(DEFAULT_INTERVAL.dividedBy(CENTISECOND));
        }
        Duration interval = draft.interval.value();
        String text = Quantity.text(interval);
        if (version == Version.V2 && (interval.getNano() != 0 || interval.isZero() || interval.compareTo(LONGEST_V2) > 0)) {
            error(
                    draft.interval,
                    Key.INTERVAL,
                    text + " is not possible with version 2, which has whole seconds from 1 to 255",
                    "write whole seconds, or version 3 on all its routers");
            return 0;
        }
        boolean whole = interval.toNanos() % CENTISECOND.toNanos() == 0;
        if (version == Version.V3 && (!whole || interval.isZero() || interval.compareTo(LONGEST_V3) > 0)) {
            error(
                    draft.interval,
                    Key.INTERVAL,
                    text + " is not possible: version 3 has hundredths of seconds from 0.01 to 40.95",
                    "write such a time, the same on all its routers");
            return 0;
        }
        return Math.toIntExact(interval.dividedBy(CENTISECOND));
    }

    private Authentication authentication() {
        if (draft.password == null) {
            return new Authentication.None();
        }
        Said<String> password = draft.password;
        if (version == Version.V3) {
            problems.warning(
                    password.place(), at() + "version 3 has no authentication: it has no effect", "remove it, or write version 2");
            return new Authentication.None();
        }
        String text = password.value();
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            error(password, Key.PASSWORD, "has no characters, or some that are not ASCII", "write one to eight ASCII characters");
            return new Authentication.None();
        }
        if (text.length() > Authentication.LENGTH) {
            problems.warning(
                    password.place(),
                    at() + name(Key.PASSWORD) + " is longer than eight characters: the first eight count",
                    "write eight, or fewer");
        }
        return new Authentication.Password(text.substring(0, Math.min(text.length(), Authentication.LENGTH)));
    }

    private void addresses() {
        if (draft.addresses.isEmpty()) {
            missing(Key.ADDRESSES, "write at least one virtual address");
            return;
        }
        for (Said<VirtualAddress> address : draft.addresses) {
            if (address.value().address().family() != family) {
                error(
                        address,
                        Key.ADDRESSES,
                        address.value().address() + " is not of the family of the first one",
                        "write an instance for each family, or set it under " + name(Key.EXCLUDED));
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
                    at() + name(Key.TRACK_SOURCE) + " has no effect without " + name(Key.SOURCE),
                    "write " + name(Key.SOURCE));
        }
        if (draft.source == null) {
            return;
        }
        Said<IpAddress> source = draft.source;
        if (source.value().family() != family && !draft.addresses.isEmpty()) {
            error(source, Key.SOURCE, source.value() + " is not of the family of the virtual addresses", "write one that is");
        }
        Addresses.whyNotUnicast(source.value())
                .ifPresent(why -> error(source, Key.SOURCE, source.value() + " " + why, "write an address of this node"));
        if (family == Family.IPV6 && draft.unicast == null && !source.value().isLinkLocal()) {
            problems.warning(
                    source.place(),
                    at() + name(Key.SOURCE) + " " + source.value() + " is not link-local, as RFC 9568 §5.1.2.1 wants it",
                    "write the interface's link-local address, or remove it");
        }
    }

    private void peers() {
        if (draft.unicast != null && draft.peers.isEmpty()) {
            problems.error(
                    draft.unicast,
                    at() + name(Key.PEERS) + " names no peer: every router would be active",
                    "write the other routers' addresses, or remove it and " + name(Key.SOURCE) + " for multicast");
        }
        Set<IpAddress> seen = new HashSet<>();
        for (Said<IpAddress> peer : draft.peers) {
            if (peer.value().family() != family && !draft.addresses.isEmpty()) {
                error(peer, Key.PEERS, peer.value() + " is not of the family of the virtual addresses", "write one that is");
            } else if (draft.source != null && draft.source.value().equals(peer.value())) {
                error(peer, Key.PEERS, peer.value() + " is this node's own source", "write the other routers' addresses only");
            } else if (!seen.add(peer.value())) {
                error(peer, Key.PEERS, peer.value() + " is said twice", "remove one");
            }
            Addresses.whyNotUnicast(peer.value())
                    .ifPresent(why -> error(peer, Key.PEERS, peer.value() + " " + why, "write a router's address"));
            if (isVirtual(peer.value())) {
                error(peer, Key.PEERS, peer.value() + " is a virtual address", "write a router's own address");
            }
        }
        if (draft.source != null && isVirtual(draft.source.value())) {
            error(draft.source, Key.SOURCE, draft.source.value() + " is a virtual address", "write this node's own address");
        }
    }

    private boolean isVirtual(IpAddress address) {
        return draft.addresses.stream().anyMatch(said -> said.value().address().equals(address));
    }

    private boolean preempt(int priority) {
        Said<Boolean> said = draft.preempt;
        boolean preempt = said == null || said.value();
        if (said != null && !preempt && priority == VirtualRouter.OWNER_PRIORITY) {
            problems.warning(
                    said.place(),
                    at() + name(Key.PREEMPT) + " has no effect with priority 255, the owner's",
                    "write a lower priority");
            return true;
        }
        if (!preempt && draft.preemptDelay != null) {
            problems.warning(
                    draft.preemptDelay.place(),
                    at() + name(Key.PREEMPT_DELAY) + " has no effect with " + name(Key.PREEMPT),
                    "remove one of the two");
        }
        return preempt;
    }

    private void missing(Key key, String remedy) {
        problems.error(draft.place, "instance " + draft.name + " has no " + name(key), remedy);
    }

    private void error(Said<?> said, Key key, String what, String remedy) {
        problems.error(said.place(), at() + name(key) + " " + what, remedy);
    }

    private String at() {
        return "instance " + draft.name + ": ";
    }

    private String name(Key key) {
        return agent.dialect.name(key);
    }

    private static <T> List<T> values(List<Said<T>> said) {
        return said.stream().map(Said::value).toList();
    }
}
