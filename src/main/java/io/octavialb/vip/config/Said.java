package io.octavialb.vip.config;

/** A value as it is said in a configuration, and where. */
record Said<T>(T value, Place place) {}
