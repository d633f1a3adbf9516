package io.octavialb.vip;

import io.octavialb.net.AdvertisementReceiver;
import io.octavialb.net.Link;
import io.octavialb.net.Poller;
import io.octavialb.net.ReceivedPacket;
import io.octavialb.net.SystemCallException;
import io.octavialb.vrrp.Advertisement;
import io.octavialb.vrrp.Codec;
import io.octavialb.vrrp.Decoded;
import io.octavialb.vrrp.Discard;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Reception;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears advertisements: one socket a link and family, for all instances on it. A packet that is no valid advertisement of one of
 * them is counted by its reason and forgotten, before anything is allocated for it.
 */
final class Receiving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);
    private static final int MOST_TOLD = 1000;

    /** Packets taken from one socket in a turn: a flood must not keep this router from advertising. */
    private static final int MOST_AT_ONCE = 1000;

    /** What another router that uses an instance's VRID gets wrong: an operator wants to know. */
    private static final Set<Discard> FOREIGN = EnumSet.of(
            Discard.OTHER_ADDRESSES,
            Discard.OTHER_VERSION,
            Discard.OTHER_AUTHENTICATION,
            Discard.OTHER_INTERVAL,
            Discard.OTHER_SOURCE,
            Discard.SECOND_OWNER);

    private final Poller poller;
    private final AgentMetrics metrics;
    private final Map<LinkFamily, Socket> sockets = new HashMap<>();
    private final Map<LinkFamily, String> deaf = new HashMap<>();
    private final ReceivedPacket packet = new ReceivedPacket();
    private final Set<Foreign> told = new HashSet<>();

    private record Foreign(String instance, IpAddress source, Discard reason) {}

    /** An open socket, the VRIDs it lets through, and its counters. */
    private record Socket(
            Link link, AdvertisementReceiver receiver, BitSet vrids, Map<Discard, CounterDataPoint> discarded) {}

    Receiving(Poller poller, AgentMetrics metrics) {
        this.poller = poller;
        this.metrics = metrics;
    }

    /** Opens what the instances need and closes what none needs. */
    void open(Collection<Instance> instances, NodeView node) {
        Map<LinkFamily, Link> links = new HashMap<>();
        Map<LinkFamily, BitSet> needed = new HashMap<>();
        for (Instance instance : instances) {
            Link link = node.link(instance.settings().interfaceName());
            if (link != null && link.up()) {
                LinkFamily key =
                        new LinkFamily(link.index(), instance.settings().family());
                links.put(key, link);
                needed.computeIfAbsent(key, _ -> new BitSet())
                        .set(instance.settings().vrid());
            }
        }
        deaf.keySet().retainAll(needed.keySet());
        sockets.entrySet().removeIf(open -> {
            boolean unneeded = !needed.containsKey(open.getKey());
            if (unneeded) {
                close(open.getValue());
            }
            return unneeded;
        });
        needed.forEach((key, vrids) -> {
            Link link = links.get(key);
            if (link != null) {
                open(key, link, vrids);
            }
        });
    }

    private void open(LinkFamily key, Link link, BitSet vrids) {
        Socket open = sockets.get(key);
        try {
            if (open == null) {
                AdvertisementReceiver receiver = AdvertisementReceiver.open(link, key.family(), true);
                poller.add(receiver.fd());
                open = new Socket(link, receiver, new BitSet(), new EnumMap<>(Discard.class));
                sockets.put(key, open);
            }
            if (!open.vrids().equals(vrids)) {
                open.receiver().accept(vrids);
                open.vrids().clear();
                open.vrids().or(vrids);
            }
            deaf.remove(key);
        } catch (SystemCallException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(deaf.put(key, why))) {
                LOG.error("no advertisement is heard on {}: {}", link.name(), why);
            }
            Socket broken = sockets.remove(key);
            if (broken != null) {
                close(broken);
            }
        }
    }

    /** Why nothing can be heard there, though the link is up; empty when it can. Who can't hear must not take over. */
    String deafness(Link link, Family family) {
        return deaf.getOrDefault(new LinkFamily(link.index(), family), "");
    }

    boolean deaf() {
        return !deaf.isEmpty();
    }

    private void close(Socket socket) {
        poller.remove(socket.receiver().fd());
        socket.receiver().close();
    }

    /** Takes what has arrived, of a flood a part. */
    void drain(Collection<Instance> instances, Collection<Instance> leaving) {
        for (Map.Entry<LinkFamily, Socket> entry : sockets.entrySet()) {
            if (poller.ready(entry.getValue().receiver().fd())) {
                drain(entry.getKey(), entry.getValue(), instances, leaving);
            }
        }
    }

    private void drain(LinkFamily key, Socket socket, Collection<Instance> instances, Collection<Instance> leaving) {
        try {
            for (int i = 0; i < MOST_AT_ONCE && socket.receiver().receive(packet); i++) {
                boolean routed = packet.hopLimit() != Codec.TTL && (fromPeer(instances) || fromPeer(leaving));
                int hopLimit = routed ? Codec.TTL : packet.hopLimit();
                Decoded decoded = Codec.decode(packet.payload(), packet.source(), destination(key.family()), hopLimit);
                switch (decoded) {
                    case Discard reason -> count(socket, reason);
                    case Decoded.Accepted(var advertisement) -> hear(socket, advertisement, instances, leaving);
                }
            }
        } catch (SystemCallException e) {
            // A link that goes down ends a receive once; netlink tells what is to be done.
            LOG.debug("{}", e.getMessage());
        }
    }

    /** Routers between two peers count the TTL down, which the RFC, knowing only one link, does not expect; keepalived hears them. */
    private boolean fromPeer(Collection<Instance> instances) {
        for (Instance instance : instances) {
            if (instance.settings().peers().contains(packet.source())) {
                return true;
            }
        }
        return false;
    }

    /** Over IPv6 the kernel has checked the checksum (IPV6_CHECKSUM). */
    private @Nullable IpAddress destination(Family family) {
        return family == Family.IPV6 ? null : packet.destination();
    }

    private void hear(
            Socket socket, Advertisement advertisement, Collection<Instance> instances, Collection<Instance> leaving) {
        Discard refusal = hear(socket, advertisement, instances);
        Discard refusalOfLeaving = leaving.isEmpty() ? refusal : hear(socket, advertisement, leaving);
        if (refusal != null && refusalOfLeaving != null) {
            count(socket, refusal);
        }
    }

    /** Null when one of the instances took it. */
    private @Nullable Discard hear(Socket socket, Advertisement advertisement, Collection<Instance> instances) {
        Discard nearest = Discard.OTHER_VRID;
        for (Instance instance : instances) {
            if (instance.settings().vrid() == advertisement.vrid()
                    && instance.settings().interfaceName().equals(socket.link().name())) {
                Discard refusal = refusal(instance, advertisement);
                if (refusal == null) {
                    instance.hear(advertisement, packet.source());
                    return null;
                }
                tell(instance, refusal);
                nearest = refusal;
            }
        }
        return nearest;
    }

    private @Nullable Discard refusal(Instance instance, Advertisement advertisement) {
        Discard refusal = Reception.refusal(instance.router(), advertisement, packet.source());
        if (refusal != null) {
            return refusal;
        }
        List<IpAddress> peers = instance.settings().peers();
        if (peers.isEmpty()) {
            return packet.hopLimit() == Codec.TTL ? null : Discard.TTL;
        }
        return peers.contains(packet.source()) ? null : Discard.OTHER_SOURCE;
    }

    /** Once for each router and reason; how often it happens is a metric. */
    private void tell(Instance instance, Discard reason) {
        if (FOREIGN.contains(reason)
                && told.size() < MOST_TOLD
                && told.add(new Foreign(instance.settings().name(), packet.source(), reason))) {
            LOG.warn(
                    "instance={} router {} on {} uses vrid {} too and is not heard: {}",
                    instance.settings().name(),
                    packet.source(),
                    instance.settings().interfaceName(),
                    instance.settings().vrid(),
                    reason.label());
        }
    }

    private void count(Socket socket, Discard reason) {
        CounterDataPoint counter = socket.discarded().get(reason);
        if (counter == null) {
            counter = metrics.discarded(socket.link().name(), reason);
            socket.discarded().put(reason, counter);
        }
        counter.inc();
    }

    @Override
    public void close() {
        sockets.values().forEach(this::close);
        sockets.clear();
    }
}
