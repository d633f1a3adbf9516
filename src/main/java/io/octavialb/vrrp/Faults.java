package io.octavialb.vrrp;

/**
 * What keeps a virtual router in fault.
 *
 * @param own something it depends on is broken
 * @param group its sync group wants it in fault, since another member is
 */
public record Faults(boolean own, boolean group) {
    public static final Faults NONE = new Faults(false, false);

    public boolean any() {
        return own || group;
    }

    Faults withOwn(boolean own) {
        return new Faults(own, group);
    }

    Faults withGroup(boolean group) {
        return new Faults(own, group);
    }
}
