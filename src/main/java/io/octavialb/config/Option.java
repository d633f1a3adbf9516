package io.octavialb.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of the cloud-config file.
 *
 * @param section the section's name, without its subsection
 * @param defaultText what applies when the key is absent, written as a user would; null = unset
 * @param doc for the reference page
 */
record Option<T>(
        String section,
        String key,
        ValueType<T> type,
        @Nullable String defaultText,
        String doc) {}
