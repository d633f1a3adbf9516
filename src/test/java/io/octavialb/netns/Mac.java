package io.octavialb.netns;

import java.util.HexFormat;

/** Hardware addresses as numbers, as packets are compared by them. */
final class Mac {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private Mac() {}

    static String text(byte[] octets) {
        return COLONS.formatHex(octets);
    }

    static long number(String text) {
        return Long.parseLong(text.replace(":", ""), 16);
    }
}
