package io.octavialb.vrrp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Authentication of VRRPv2 (RFC 2338 §5.3.6, removed by RFC 3768): none, or a password in plain text of at most eight octets. */
public sealed interface Authentication {
    /** The data field is zero. */
    record None() implements Authentication {}

    /** Type 1. The password is padded with zeros to eight octets, and never printed. */
    record Password(String text) implements Authentication {
        public Password {
            if (text.isEmpty() || text.getBytes(StandardCharsets.US_ASCII).length > LENGTH) {
                throw new IllegalArgumentException("a VRRP password has one to eight octets");
            }
        }

        @Override
        public String toString() {
            return "Password[…]";
        }
    }

    /** Length of the data field in octets. */
    int LENGTH = 8;

    /** The authentication type on the wire. */
    default int type() {
        return switch (this) {
            case None _ -> 0;
            case Password _ -> 1;
        };
    }

    /** The data field on the wire. */
    default byte[] data() {
        return switch (this) {
            case None _ -> new byte[LENGTH];
            case Password(var text) -> Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), LENGTH);
        };
    }
}
