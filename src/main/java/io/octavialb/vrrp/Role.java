package io.octavialb.vrrp;

/** What a virtual router is on this node (RFC 9568 §6.3); older texts say Master for Active. */
public enum Role {
    /** Not started, or stopped. */
    INITIALIZE,
    /** Another router has the addresses, or may have. */
    BACKUP,
    /** This node has the addresses. */
    ACTIVE,
    /** Gives up being active: it has said so and still has the addresses until another router is heard, or a short while. */
    RELEASING,
    /** Something it depends on is broken: it takes no part. */
    FAULT
}
