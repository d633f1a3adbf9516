package io.octavialb.config;

import io.octavialb.model.OctaviaVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One annotation of a Service.
 *
 * @param key the full key
 * @param defaultText what applies when the annotation is absent, for the reference page
 * @param onBadValue what happens to the Service when the value is not allowed
 * @param onEmpty what an empty value says
 * @param updatable whether a change is applied to an existing load balancer; false = read at creation only
 * @param perPort whether {@code <key>.<port name or number>} says it for one port
 * @param minimumVersion the Octavia API that it needs; null = any
 * @param notWith providers that can't
 * @param excludes keys of annotations it contradicts
 * @param doc for the reference page
 */
record Annotation<T>(
        String key,
        ValueType<T> type,
        String defaultText,
        OnBadValue onBadValue,
        OnEmpty onEmpty,
        boolean updatable,
        boolean perPort,
        @Nullable OctaviaVersion minimumVersion,
        List<String> notWith,
        List<String> excludes,
        String doc) {

    /** What happens to the Service when the value is not allowed. */
    enum OnBadValue {
        /** The default applies. */
        FALL_BACK,
        /** It refuses a creation; of a load balancer that is there, what it is about stays as it is. */
        KEEP,
        /** Nothing changes: there is neither a safe default nor a safe way to go on without it. */
        REFUSE
    }

    /** What an empty value says. */
    enum OnEmpty {
        /** The same as no annotation. */
        NOT_SET,
        /** Nothing, instead of what the cloud-config says. */
        CLEARS,
        /** It is read like any other value. */
        IS_A_VALUE
    }

    Annotation<T> refusing() {
        return onBadValue(OnBadValue.REFUSE);
    }

    Annotation<T> keeping() {
        return onBadValue(OnBadValue.KEEP);
    }

    private Annotation<T> onBadValue(OnBadValue then) {
        return new Annotation<>(
                key, type, defaultText, then, onEmpty, updatable, perPort, minimumVersion, notWith, excludes, doc);
    }

    Annotation<T> clearedByEmpty() {
        return new Annotation<>(
                key,
                type,
                defaultText,
                onBadValue,
                OnEmpty.CLEARS,
                updatable,
                perPort,
                minimumVersion,
                notWith,
                excludes,
                doc);
    }

    Annotation<T> createOnly() {
        return new Annotation<>(
                key, type, defaultText, onBadValue, onEmpty, false, perPort, minimumVersion, notWith, excludes, doc);
    }

    Annotation<T> forEachPort() {
        return new Annotation<>(
                key, type, defaultText, onBadValue, onEmpty, updatable, true, minimumVersion, notWith, excludes, doc);
    }

    Annotation<T> since(OctaviaVersion version) {
        return new Annotation<>(
                key, type, defaultText, onBadValue, onEmpty, updatable, perPort, version, notWith, excludes, doc);
    }

    Annotation<T> notWithOvn() {
        return new Annotation<>(
                key,
                type,
                defaultText,
                onBadValue,
                onEmpty,
                updatable,
                perPort,
                minimumVersion,
                List.of("ovn"),
                excludes,
                doc);
    }

    Annotation<T> excluding(String... keys) {
        return new Annotation<>(
                key,
                type,
                defaultText,
                onBadValue,
                onEmpty,
                updatable,
                perPort,
                minimumVersion,
                notWith,
                List.of(keys),
                doc);
    }
}
