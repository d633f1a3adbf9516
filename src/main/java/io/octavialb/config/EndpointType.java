package io.octavialb.config;

/** Which endpoints of the service catalog to use. */
public enum EndpointType {
    PUBLIC,
    INTERNAL,
    ADMIN
}
