package io.octavialb.vrrp.simulation;

import java.io.Serial;

/** An invariant that does not hold. */
final class Violation extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }
}
