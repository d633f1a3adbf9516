package io.octavialb.model;

/**
 * Something the owner of a Service should know: becomes one Warning event on it.
 *
 * @param reason the event's reason, one word in camel case
 * @param message names the key, the value and the remedy
 */
public record Notice(String reason, String message) {}
