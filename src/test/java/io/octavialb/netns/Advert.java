package io.octavialb.netns;

/**
 * An ADVERTISEMENT seen on the wire.
 *
 * @param time nanoseconds since the epoch, by the kernel
 * @param source hardware address
 */
record Advert(long time, long source, int version, int vrid, int priority) {}
