package io.octavialb.embedded.openstack;

/** An observer ended the connection before the answer. */
public final class ConnectionLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConnectionLost(String when) {
        super(when);
    }
}
