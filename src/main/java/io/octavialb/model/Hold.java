package io.octavialb.model;

/**
 * What of one port is left as it is on a load balancer that is there, because what is asked for it can't be had.
 *
 * <p>A port that has no listener yet gets none while more than SETTINGS_THERE is held. From the least to the most that is left.
 */
public enum Hold {
    /** As SETTINGS where there is a listener; a port that has none yet gets one, by defaults. */
    SETTINGS_THERE,
    /** Who may reach the listener and which members it leads to follow the Service; how, stays. */
    SETTINGS,
    /** Only the members follow, so that no connection goes to a node that is gone. */
    ALL_BUT_MEMBERS,
    ALL;

    /** That which leaves more. */
    public Hold or(Hold other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
