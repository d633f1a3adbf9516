package io.octavialb.embedded.openstack;

import java.util.List;

/**
 * What differs from one Octavia to another.
 *
 * @param minor of the API version 2 that its root lists as current, such as 13 for 2.13
 * @param providers enabled ones, the first is the default
 * @param maxPageSize the operator's {@code pagination_max_limit}
 */
record OctaviaSettings(int minor, List<String> providers, int maxPageSize) {
    static final OctaviaSettings DEFAULT = new OctaviaSettings(30, List.of("amphora", "octavia"), Integer.MAX_VALUE);

    OctaviaSettings minor(int other) {
        return new OctaviaSettings(other, providers, maxPageSize);
    }

    OctaviaSettings providers(List<String> others) {
        return new OctaviaSettings(minor, others, maxPageSize);
    }

    OctaviaSettings maxPageSize(int other) {
        return new OctaviaSettings(minor, providers, other);
    }

    String defaultProvider() {
        return providers.getFirst();
    }
}
