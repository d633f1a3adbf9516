package io.octavialb.vip.config;

/** A line of a keepalived.conf after includes, comments, conditions and parameters. */
record KeepalivedLine(String text, Place place) {}
