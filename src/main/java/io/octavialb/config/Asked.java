package io.octavialb.config;

import io.octavialb.model.OctaviaVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting that was asked for, as it was written: what to name when it can't be had.
 *
 * @param setting the key of the annotation, without a port
 * @param key what the user has to change: the annotation, with the port if it is for that one alone, or the key of the
 *     cloud-config
 * @param minimumVersion the Octavia API that it needs; null = any
 * @param notWith providers that can't
 * @param essential whether the port can't be served without it where the cloud can't take it; else it is left out
 */
public record Asked(
        String setting,
        String key,
        String value,
        @Nullable OctaviaVersion minimumVersion,
        List<String> notWith,
        boolean essential) {
    private static final int LONGEST_SHOWN = 200;
    private static final String CONFIG_SECTION = "[LoadBalancer] ";

    public Asked {
        notWith = List.copyOf(notWith);
    }

    static <T> Asked by(Annotation<T> annotation, String key, String text, T value) {
        return asksForNothing(value)
                ? new Asked(annotation.key(), key, text, null, List.of(), false)
                : of(annotation, key, text);
    }

    /** What the cloud-config says, by the key of the same name if no other is given. */
    static Asked byConfig(Annotation<?> annotation, String configKey, String value) {
        return of(annotation, CONFIG_SECTION + configKey, value);
    }

    private static Asked of(Annotation<?> annotation, String key, String value) {
        return new Asked(
                annotation.key(),
                key,
                value,
                annotation.minimumVersion(),
                annotation.notWith(),
                annotation.essential());
    }

    private static boolean asksForNothing(Object value) {
        return value.equals(false) || value.equals("") || value.equals(ProxyProtocol.NONE) || value.equals(List.of());
    }

    /** Whether the cloud-config says it, for every Service. */
    public boolean isByConfig() {
        return key.startsWith(CONFIG_SECTION);
    }

    /** Whether the annotation is for one port alone. */
    boolean isOfOnePort() {
        return key.length() > setting.length() && key.startsWith(setting + ".");
    }

    /** Key and value, as a notice begins. */
    @Override
    public String toString() {
        String shown = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "…" : value;
        return key + ": \"" + shown + "\"";
    }
}
