package io.octavialb.vrrp;

import java.util.List;

/**
 * One virtual router as this node is configured for it (RFC 9568 §6.1).
 *
 * @param vrid Virtual Router Identifier, 1 to 255
 * @param priority 1 to 254, or 255 when this node owns the addresses
 * @param intervalCentiseconds Advertisement_Interval in centiseconds, 1 to 4095; with version 2 whole seconds, 100 to 25500
 * @param preempt whether a backup of higher priority takes over from an active router (Preempt_Mode)
 * @param preemptDelayNanos how long such a backup lets an active router of lower priority be, from the first of its advertisements
 *     after this router's start, fault or change of priority on (keepalived's preempt_delay)
 * @param source source address of its advertisements: the primary address, over IPv6 a link-local one
 * @param inSyncGroup whether it becomes active only together with others, when {@link SyncGroup} says so
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
        boolean inSyncGroup,
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
