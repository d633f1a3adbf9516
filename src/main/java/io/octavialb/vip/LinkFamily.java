package io.octavialb.vip;

import io.octavialb.vrrp.Family;

/** One family of addresses on one link: what a socket is opened for, and what has a primary address. */
record LinkFamily(int linkIndex, Family family) {
    /** Spelled out as {@link io.octavialb.vrrp.IpAddress#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LinkFamily same && linkIndex == same.linkIndex && family == same.family;
    }

    @Override
    public int hashCode() {
        return 31 * linkIndex + family.hashCode();
    }
}
