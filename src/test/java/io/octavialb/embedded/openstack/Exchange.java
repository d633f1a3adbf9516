package io.octavialb.embedded.openstack;

/** A request and what was answered. */
public record Exchange(CloudRequest request, CloudAnswer answer) {}
