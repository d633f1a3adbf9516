package io.octavialb.model;

import java.util.Comparator;

/**
 * The newest minor version of the Octavia API v2 that an endpoint lists at {@code GET /}.
 *
 * <p>Features are told apart by it; the constants name the version that brought each.
 */
public record OctaviaVersion(int major, int minor) implements Comparable<OctaviaVersion> {
    public static final OctaviaVersion TIMEOUTS = new OctaviaVersion(2, 1);
    public static final OctaviaVersion TAGS = new OctaviaVersion(2, 5);
    public static final OctaviaVersion FLAVORS = new OctaviaVersion(2, 6);
    public static final OctaviaVersion HTTP_MONITOR_DOMAIN_NAME = new OctaviaVersion(2, 10);
    public static final OctaviaVersion VIP_ACL = new OctaviaVersion(2, 12);
    public static final OctaviaVersion AVAILABILITY_ZONES = new OctaviaVersion(2, 14);
    public static final OctaviaVersion UDP_CONNECT_MONITORS = new OctaviaVersion(2, 16);
    public static final OctaviaVersion PROXYV2 = new OctaviaVersion(2, 22);
    public static final OctaviaVersion SCTP = new OctaviaVersion(2, 23);
    public static final OctaviaVersion PROMETHEUS = new OctaviaVersion(2, 25);
    public static final OctaviaVersion ADDITIONAL_VIPS = new OctaviaVersion(2, 26);

    public boolean has(OctaviaVersion feature) {
        return compareTo(feature) >= 0;
    }

    @Override
    public int compareTo(OctaviaVersion other) {
        return Comparator.comparingInt(OctaviaVersion::major)
                .thenComparingInt(OctaviaVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return "v" + major + "." + minor;
    }
}
