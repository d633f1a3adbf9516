package io.octavialb.vrrp;

/** Address family of a virtual router; one virtual router has one (RFC 9568 §1.2). */
public enum Family {
    IPV4(4),
    IPV6(16);

    private final int octets;

    Family(int octets) {
        this.octets = octets;
    }

    /** Length of an address. */
    public int octets() {
        return octets;
    }
}
