package io.octavialb.vrrp;

import java.util.Locale;

/** Why a received packet is discarded; a constant each, so that a flood of bad packets allocates nothing. */
public enum Discard implements Decoded {
    /** TTL or hop limit is not 255: it came through a router (RFC 9568 §5.1.1.3, §5.1.2.3). */
    TTL,
    /** Shorter or longer than its fixed part, addresses and, version 2, authentication (RFC 9568 §7.1). */
    LENGTH,
    /** Neither 2 nor 3, or 2 over IPv6 (RFC 9568 §5.2.1). */
    VERSION,
    /** Not an ADVERTISEMENT (RFC 9568 §5.2.2). */
    TYPE,
    /** Wrong with and without pseudo-header (RFC 9568 §5.2.8). */
    CHECKSUM,
    /** It counts no addresses (RFC 9568 §5.2.5). */
    ADDRESS_COUNT,
    /** Its interval is zero (RFC 9568 §5.2.7). */
    INTERVAL_ZERO,
    /** Version 2 with an authentication other than none and password (RFC 2338 §5.3.6). */
    AUTHENTICATION_TYPE,
    /** No virtual router of this VRID is here (RFC 9568 §7.1). */
    OTHER_VRID,
    /** Version 3 over the other address family than this virtual router's (RFC 9568 §1.2). */
    OTHER_FAMILY,
    /** Another version than this virtual router speaks. */
    OTHER_VERSION,
    /** Version 2: its interval is not this virtual router's (RFC 3768 §7.1). */
    OTHER_INTERVAL,
    /** Version 2: its authentication is not this virtual router's, in type or data (RFC 2338 §7.1). */
    OTHER_AUTHENTICATION,
    /** Its addresses are not this virtual router's: a foreign router with the same VRID (RFC 3768 §7.1). */
    OTHER_ADDRESSES,
    /** Sent from this node's own address: looped back, or another node has the same address. */
    OWN,
    /** Unicast: from an address that is not among the peers. */
    OTHER_SOURCE,
    /** Another router also says it owns the addresses (RFC 9568 §7.1). */
    SECOND_OWNER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The reason as metrics name it, as {@code other_addresses}. */
    public String label() {
        return label;
    }
}
