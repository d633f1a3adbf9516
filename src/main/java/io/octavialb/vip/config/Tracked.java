package io.octavialb.vip.config;

/**
 * Something whose failure concerns an instance: an interface or a check, by name.
 *
 * @param weight 0: its failure is a fault. Below 0: added to the priority while it fails. Above 0: added while it does not.
 */
public record Tracked(String name, int weight) {}
