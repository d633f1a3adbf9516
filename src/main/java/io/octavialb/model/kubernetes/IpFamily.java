package io.octavialb.model.kubernetes;

/** An IP family as {@code spec.ipFamilies} writes it. */
public enum IpFamily {
    IPv4("0.0.0.0/0"),
    IPv6("::/0");

    private final String everything;

    IpFamily(String everything) {
        this.everything = everything;
    }

    /** 4 or 6, as {@code ip_version} of a Neutron subnet says it. */
    public int version() {
        return this == IPv4 ? 4 : 6;
    }

    /** The CIDR that holds every address of the family. */
    public String everything() {
        return everything;
    }

    /** The family of an address or CIDR in text form; a colon occurs in IPv6 only. */
    public static IpFamily of(String addressOrCidr) {
        return addressOrCidr.indexOf(':') >= 0 ? IPv6 : IPv4;
    }
}
