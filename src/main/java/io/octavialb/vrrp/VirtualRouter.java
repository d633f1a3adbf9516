package io.octavialb.vrrp;

import java.util.List;

/**
 * One virtual router as this node is configured for it (RFC 9568 §6.1).
 *
 * @param vrid Virtual Router Identifier, 1 to 255
 * @param priority 1 to 254, or 255 when this node owns the addresses
 * @param intervalCentiseconds Advertisement_Interval in centiseconds, 1 to 4095; with version 2 whole seconds, 100 to 25500
 * @param preempt whether a backup of higher priority takes over from an active router (Preempt_Mode)
 * @param preemptDelayNanos how long such a backup waits after its start, or after a fault, before it takes over
 * @param startsActive whether it becomes active after one interval at its start, without waiting for others (keepalived's state)
 * @param source source address of its advertisements: the primary address, over IPv6 a link-local one
 * @param addresses the virtual addresses as they are advertised; over IPv6 the first is link-local
 */
public record VirtualRouter(
        Version version,
        Family family,
        int vrid,
        int priority,
        int intervalCentiseconds,
        boolean preempt,
        long preemptDelayNanos,
        boolean startsActive,
        IpAddress source,
        List<IpAddress> addresses,
        Authentication authentication,
        Checksum checksum,
        Announcements announcements) {
    public static final int OWNER_PRIORITY = 255;

    public VirtualRouter {
        addresses = List.copyOf(addresses);
        if (vrid < 1 || vrid > 255) {
            throw new IllegalArgumentException("VRID " + vrid + " is not 1 to 255");
        }
        if (priority < 1 || priority > OWNER_PRIORITY) {
            throw new IllegalArgumentException("priority " + priority + " is not 1 to 255");
        }
    }
}
