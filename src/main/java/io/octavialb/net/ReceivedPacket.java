package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.nio.ByteBuffer;

/** The packet received last; one object takes one after the other, so that receiving allocates nothing. */
public final class ReceivedPacket {
    private static final IpAddress NONE = new IpAddress(Family.IPV4, 0, 0);

    private ByteBuffer payload = ByteBuffer.allocate(0);
    private IpAddress source = NONE;
    private IpAddress destination = NONE;
    private int hopLimit;

    /** The VRRP message, big-endian, from position to limit; valid until the next packet is received. */
    public ByteBuffer payload() {
        return payload;
    }

    public IpAddress source() {
        return source;
    }

    /** A group or an address of this node. */
    public IpAddress destination() {
        return destination;
    }

    /** TTL of IPv4 or hop limit of IPv6; 255 when no router forwarded it. */
    public int hopLimit() {
        return hopLimit;
    }

    void set(ByteBuffer payload, int hopLimit) {
        this.payload = payload;
        this.hopLimit = hopLimit;
    }

    /** Keeps the object of the packet before when the address is the same, as it nearly always is. */
    void source(Family family, long high, long low) {
        source = address(source, family, high, low);
    }

    void destination(Family family, long high, long low) {
        destination = address(destination, family, high, low);
    }

    private static IpAddress address(IpAddress before, Family family, long high, long low) {
        return before.low() == low && before.high() == high && before.family() == family
                ? before
                : new IpAddress(family, high, low);
    }
}
