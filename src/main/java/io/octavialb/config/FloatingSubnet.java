package io.octavialb.config;

import org.jspecify.annotations.Nullable;

/** Where a new floating IP comes from within the floating network; an id beats a pattern. */
public sealed interface FloatingSubnet {
    /** This subnet. */
    record ById(String subnetId) implements FloatingSubnet {}

    /** The subnets whose name and tags match. */
    record ByPattern(SubnetPattern pattern) implements FloatingSubnet {}

    /** Null when nothing is given. The pattern must be one: its type has checked it. */
    static @Nullable FloatingSubnet of(@Nullable String subnetId, @Nullable String namePattern, @Nullable String tags) {
        if (subnetId != null) {
            return new ById(subnetId);
        }
        if (namePattern == null && tags == null) {
            return null;
        }
        return new ByPattern(SubnetPattern.parse(namePattern, tags).orElseThrow());
    }
}
