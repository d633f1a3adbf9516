package io.octavialb.vrrp;

/** What is to be done for a virtual router, in this order. */
public sealed interface Action {
    /** Sends an advertisement with this priority; 0 is: it stops being active. */
    record Advertise(int priority) implements Action {}

    /** Puts all virtual addresses on this node; those that are there already stay. */
    record HoldAddresses() implements Action {}

    /** Takes all virtual addresses off this node. */
    record DropAddresses() implements Action {}

    /** Announces each virtual address on its link once. */
    record Announce() implements Action {}

    record Changed(Role from, Role to, Cause cause) implements Action {}

    /** Something an operator should know of, which changes nothing. */
    record Noticed(Notice notice, IpAddress source) implements Action {}

    enum Notice {
        /** A router of lower priority advertised while this one is active: announced again. */
        CONTESTED,
        /** This process did not run for longer than its own timers allow. */
        STALLED,
        /** Somebody took a virtual address off this node: put on again. */
        ADDRESS_LOST
    }
}
