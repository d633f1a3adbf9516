package io.octavialb.vrrp;

/** Why a virtual router changed its role. */
public enum Cause {
    STARTED,
    OWNS_THE_ADDRESSES,
    /** No advertisement within Active_Down_Interval. */
    ACTIVE_SILENT,
    /** An advertisement of priority 0. */
    ACTIVE_STOPPED,
    /** This node's priority is higher and it preempts. */
    PREEMPTS,
    HIGHER_PRIORITY_HEARD,
    /** The same priority from a greater address (RFC 9568 §6.4.3). */
    GREATER_ADDRESS_HEARD,
    /** It was to stop, or was in fault, while active, and another router took over. */
    RELEASED,
    /** It was to stop, or was in fault, while active, and no other router took over in time. */
    RELEASED_TO_NOBODY,
    FAULT_BEGAN,
    FAULT_ENDED,
    STOP_ASKED,
    /** Another instance of its sync group changed. */
    SYNC_GROUP
}
