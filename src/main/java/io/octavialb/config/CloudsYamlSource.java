package io.octavialb.config;

import org.jspecify.annotations.Nullable;

/** Where the text of clouds.yaml comes from: the caller reads files, this package does not. */
@FunctionalInterface
public interface CloudsYamlSource {
    /**
     * Gives the text, or says why there is none.
     *
     * @param path {@code clouds-file}; null = look in the usual places of OpenStack clients
     */
    CloudsYamlText read(@Nullable String path);

    /** What the caller found. */
    sealed interface CloudsYamlText {
        /**
         * The text.
         *
         * @param path for messages
         */
        record Found(String path, String text) implements CloudsYamlText {
            @Override
            public String toString() {
                return "Found[path=" + path + ", text=***]";
            }
        }

        /**
         * No text.
         *
         * @param remedy why there is none and where it was looked for, for the message
         */
        record Missing(String path, String remedy) implements CloudsYamlText {}
    }
}
