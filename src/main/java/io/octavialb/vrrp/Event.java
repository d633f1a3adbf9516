package io.octavialb.vrrp;

/** What happens to a virtual router, beside the passing of time. */
public sealed interface Event {
    record Started() implements Event {}

    record StopAsked() implements Event {}

    /** An advertisement that is valid and concerns this virtual router. */
    record Heard(Advertisement advertisement, IpAddress source) implements Event {}

    /** @param priority 1 to 255, as tracking makes it */
    record PriorityChanged(int priority) implements Event {}

    record FaultBegan() implements Event {}

    record FaultEnded() implements Event {}

    /** Somebody took a virtual address off this node. */
    record AddressLost() implements Event {}

    /** The sync group of this virtual router wants it in this role: ACTIVE, BACKUP or FAULT. */
    record GroupWants(Role role) implements Event {}
}
