package io.octavialb.vrrp;

/** What happens to a virtual router, beside the passing of time. */
public sealed interface Event {
    record Started() implements Event {}

    record StopAsked() implements Event {}

    /** An advertisement that is valid and concerns this virtual router. */
    record Heard(Advertisement advertisement, IpAddress source) implements Event {}

    /**
     * Its priority is another now.
     *
     * @param priority 1 to 255, as tracking makes it
     */
    record PriorityChanged(int priority) implements Event {}

    /** Something this virtual router depends on broke; another fault may begin while one lasts. */
    record FaultBegan(Fault fault) implements Event {}

    /** Nothing is broken any more. */
    record FaultEnded() implements Event {}

    /** Somebody took a virtual address off this node. */
    record AddressLost() implements Event {}

    /** The sync group of this virtual router wants it in this role: ACTIVE, BACKUP or FAULT; see {@link SyncGroup}. */
    record GroupWants(Role role) implements Event {}

    /** What broke. */
    enum Fault {
        /** The interface itself: nothing can be sent and nobody reaches the addresses, so they are given up at once. */
        LINK,
        /** Something beside it, as a check or another interface: the addresses stay until the next active router is heard. */
        CHECK
    }
}
