package io.octavialb.kubernetes;

/** What the controller has to do with a Service. */
public enum Duty {
    ENSURE,
    RELEASE,
    NONE
}
