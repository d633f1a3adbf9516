package io.octavialb.config;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong, or worth a warning, in a cloud-config file or in the clouds.yaml it refers to.
 *
 * @param file the file's name as given by the caller
 * @param section {@code Global}, {@code LoadBalancerClass "x"}, or an entry of clouds.yaml; null = the whole file
 * @param key null = the whole section
 * @param value what was written; null = nothing was, or it is a secret
 * @param remedy what is allowed, or what to do
 */
public record CloudConfigProblem(
        String file,
        @Nullable String section,
        @Nullable String key,
        @Nullable String value,
        String remedy) {

    /** One line that names file, section, key, value and remedy. */
    public String message() {
        StringBuilder message = new StringBuilder(file).append(':');
        if (section != null) {
            message.append(" [").append(section).append(']');
        }
        if (key != null) {
            message.append(' ').append(key);
        }
        if (value != null) {
            message.append(" = \"").append(value).append('"');
        }
        if (section != null || key != null) {
            message.append(':');
        }
        return message.append(' ').append(remedy).toString();
    }
}
