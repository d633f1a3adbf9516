package io.octavialb.vip.config;

/** Comments of a keepalived.conf: from a {@code #} or {@code !} outside double quotes to the end of the line. */
final class KeepalivedComment {
    private KeepalivedComment() {}

    static String strip(String line, Place place, Problems problems) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '#' || c == '!')) {
                warnInsideWord(line, i, place, problems);
                return line.substring(0, i).strip();
            }
        }
        return line.strip();
    }

    private static void warnInsideWord(String line, int at, Place place, Problems problems) {
        char before = at == 0 ? ' ' : line.charAt(at - 1);
        if (Character.isLetterOrDigit(before)) {
            problems.warning(
                    place,
                    line.charAt(at) + " inside a word begins a comment, as in keepalived",
                    "write ${_HASH} or ${_BANG}, or set the word in double quotes");
        }
    }
}
