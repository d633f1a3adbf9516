package io.octavialb.config;

/** The pool's {@code lb_algorithm}, in Octavia's words. */
public enum LbMethod {
    ROUND_ROBIN,
    LEAST_CONNECTIONS,
    SOURCE_IP,
    SOURCE_IP_PORT
}
