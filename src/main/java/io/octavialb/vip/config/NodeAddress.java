package io.octavialb.vip.config;

import io.octavialb.vrrp.IpAddress;

/**
 * An address of a node. A link-local one may be on several devices of a node, each time as another address (RFC 4007 §5); any
 * other is the node's, whichever device it is on.
 *
 * @param device of a link-local address; else empty, whatever was given
 */
public record NodeAddress(IpAddress address, String device) {
    public NodeAddress {
        device = address.isLinkLocal() ? device : "";
    }

    /** Spelled out as {@link IpAddress#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NodeAddress there && address.equals(there.address) && device.equals(there.device);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + device.hashCode();
    }
}
