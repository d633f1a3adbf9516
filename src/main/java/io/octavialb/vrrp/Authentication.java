package io.octavialb.vrrp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Authentication of VRRPv2 (RFC 2338 §5.3.6, removed by RFC 3768): none, or a password in plain text of at most eight octets. */
public sealed interface Authentication {
    /** The data field is zero. */
    record None() implements Authentication {
        public static final None INSTANCE = new None();
    }

    /** Type 1. The password is padded with zeros to eight octets, and never printed. */
    record Password(String text) implements Authentication {
        public Password {
            if (text.isEmpty() || text.getBytes(StandardCharsets.ISO_8859_1).length > LENGTH) {
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

    /** The password in a data field at the buffer's position, which is moved on; null when there is none: all octets are zero. */
    static @Nullable Password password(ByteBuffer data) {
        byte[] octets = new byte[LENGTH];
        data.get(octets);
        int length = LENGTH;
        while (length > 0 && octets[length - 1] == 0) {
            length--;
        }
        return length == 0 ? null : new Password(new String(octets, 0, length, StandardCharsets.ISO_8859_1));
    }

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
            case Password(var text) -> Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), LENGTH);
        };
    }
}
