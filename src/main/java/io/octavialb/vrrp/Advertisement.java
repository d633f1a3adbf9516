package io.octavialb.vrrp;

import java.util.List;

/**
 * An ADVERTISEMENT as it is on the wire (RFC 9568 §5, RFC 3768 §5.3).
 *
 * @param priority 0 when the sender stops being active, 255 for the owner of the addresses
 * @param intervalCentiseconds the sender's interval; version 2 has whole seconds on the wire
 * @param authentication of version 2; version 3 has none
 */
public record Advertisement(
        Version version,
        int vrid,
        int priority,
        int intervalCentiseconds,
        List<IpAddress> addresses,
        Authentication authentication) {
    /** The sender stops being active (RFC 9568 §5.2.4). */
    public static final int STOPS = 0;

    public Advertisement {
        addresses = List.copyOf(addresses);
    }
}
