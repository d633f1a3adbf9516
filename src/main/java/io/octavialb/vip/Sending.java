package io.octavialb.vip;

import io.octavialb.net.AdvertisementSender;
import io.octavialb.net.Link;
import io.octavialb.net.SystemCallException;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vrrp.Advertisement;
import io.octavialb.vrrp.Codec;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.VirtualRouter;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an instance's advertisements go out: its link, its source address, and the group or the peers they are for. */
final class Sending implements AutoCloseable {
    private static final int LARGEST_PACKET = 8 + 255 * 16 + 8;
    private static final IpAddress GROUP_IPV4 = IpAddress.parse("224.0.0.18");
    private static final IpAddress GROUP_IPV6 = IpAddress.parse("ff02::12");

    private final Link link;
    private final IpAddress source;
    private final List<IpAddress> destinations;
    private final AdvertisementSender sender;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(LARGEST_PACKET);

    private Sending(Link link, IpAddress source, List<IpAddress> destinations, AdvertisementSender sender) {
        this.link = link;
        this.source = source;
        this.destinations = destinations;
        this.sender = sender;
    }

    /** Throws SystemCallException when the kernel refuses. */
    static Sending open(Link link, InstanceSettings settings, IpAddress source) throws SystemCallException {
        List<IpAddress> destinations = settings.peers().isEmpty()
                ? List.of(settings.family() == Family.IPV4 ? GROUP_IPV4 : GROUP_IPV6)
                : settings.peers();
        return new Sending(link, source, destinations, AdvertisementSender.open(link, source));
    }

    boolean fits(Link now, IpAddress sourceNow) {
        return now.index() == link.index() && sourceNow.equals(source);
    }

    /**
     * Sends an advertisement to each destination and says how many left. The others are still sent to when the kernel refuses
     * one; then it throws SystemCallException.
     */
    int send(VirtualRouter router, int priority) throws SystemCallException {
        Advertisement advertisement = advertisement(router, priority);
        @Nullable SystemCallException failure = null;
        for (IpAddress destination : destinations) {
            packet.clear();
            Codec.encode(advertisement, router.checksum(), source, destination, packet);
            packet.flip();
            try {
                sender.send(packet, destination);
            } catch (SystemCallException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return destinations.size();
    }

    private static Advertisement advertisement(VirtualRouter router, int priority) {
        return new Advertisement(
                router.version(),
                router.vrid(),
                priority,
                router.intervalCentiseconds(),
                router.addresses(),
                router.authentication());
    }

    @Override
    public void close() {
        sender.close();
    }
}
