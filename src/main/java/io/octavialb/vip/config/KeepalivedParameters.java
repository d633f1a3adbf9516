package io.octavialb.vip.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters of a keepalived.conf: {@code $NAME=value}, put in for {@code ${NAME}}, and for {@code $NAME} before a space. They are
 * replaced where they are used, again and again; what is not defined stays as it is.
 */
final class KeepalivedParameters {
    /** Of a line; keepalived's own are a hundredth of it. */
    static final int LONGEST = 100_000;

    private static final int MOST_REPLACEMENTS = 1_000;
    private static final Pattern DEFINITION = Pattern.compile("(?s)\\$([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern USE =
            Pattern.compile("\\$\\{(_?[A-Za-z0-9_]+)[^}]*}|\\$([A-Za-z_][A-Za-z0-9_]*)(?=\\s|$)");

    private final Map<String, String> values = new HashMap<>();

    KeepalivedParameters(String configId) {
        values.put("_INSTANCE", configId);
        values.put("_HASH", "#");
        values.put("_BANG", "!");
        values.put("_RANDOM", "0");
    }

    static boolean beginsDefinition(String line) {
        return DEFINITION.matcher(line).matches();
    }

    /** Whether the definition goes on on the next line. */
    static boolean continues(CharSequence definition) {
        return !definition.isEmpty() && definition.charAt(definition.length() - 1) == '\\';
    }

    void define(String definition) {
        Matcher matcher = DEFINITION.matcher(definition);
        if (matcher.matches()) {
            values.put(matcher.group(1), matcher.group(2).strip());
        }
    }

    /** The line with all parameters replaced; after an error as it is. */
    String substitute(String line, Place place, Problems problems) {
        String text = line;
        int from = 0;
        for (int replaced = 0; replaced < MOST_REPLACEMENTS && text.length() <= LONGEST; replaced++) {
            Matcher use = USE.matcher(text);
            if (!use.find(from)) {
                return text;
            }
            String name = use.group(1) == null ? use.group(2) : use.group(1);
            String value = name.equals("_PWD") ? folder(place.file()) : values.get(name);
            if (name.equals("_RANDOM")) {
                problems.error(place, "${_RANDOM} is not supported", "write the number");
            }
            if (value == null) {
                from = use.end();
            } else {
                text = text.substring(0, use.start()) + value + text.substring(use.end());
                from = name.startsWith("_") ? use.start() + value.length() : use.start();
            }
        }
        problems.error(place, "parameters that grow without end", "a parameter must not contain itself");
        return line;
    }

    private static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : file.substring(0, Math.max(slash, 1));
    }
}
