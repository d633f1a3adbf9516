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
 * @param essential whether the port can't be served without it where the cloud can't take it; else it is left out
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
        boolean essential,
        List<String> excludes,
        String doc) {

    /** What happens to the Service when the value is not allowed. */
    enum OnBadValue {
        /** The default applies to what is new, as in the reference; of what is there, what it is about stays as it is. */
        FALL_BACK,
        /** It counts as that which deletes nothing. */
        SPARE,
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

    Annotation<T> sparing() {
        return onBadValue(OnBadValue.SPARE);
    }

    private Annotation<T> onBadValue(OnBadValue then) {
        return with(then, onEmpty, updatable, perPort, minimumVersion, notWith, essential, excludes);
    }

    Annotation<T> clearedByEmpty() {
        return with(onBadValue, OnEmpty.CLEARS, updatable, perPort, minimumVersion, notWith, essential, excludes);
    }

    Annotation<T> createOnly() {
        return with(onBadValue, onEmpty, false, perPort, minimumVersion, notWith, essential, excludes);
    }

    Annotation<T> forEachPort() {
        return with(onBadValue, onEmpty, updatable, true, minimumVersion, notWith, essential, excludes);
    }

    Annotation<T> since(OctaviaVersion version) {
        return with(onBadValue, onEmpty, updatable, perPort, version, notWith, essential, excludes);
    }

    Annotation<T> notWithOvn() {
        return with(onBadValue, onEmpty, updatable, perPort, minimumVersion, List.of("ovn"), essential, excludes);
    }

    Annotation<T> indispensable() {
        return with(onBadValue, onEmpty, updatable, perPort, minimumVersion, notWith, true, excludes);
    }

    Annotation<T> excluding(String... keys) {
        return with(onBadValue, onEmpty, updatable, perPort, minimumVersion, notWith, essential, List.of(keys));
    }

    private Annotation<T> with(
            OnBadValue onBadValue,
            OnEmpty onEmpty,
            boolean updatable,
            boolean perPort,
            @Nullable OctaviaVersion minimumVersion,
            List<String> notWith,
            boolean essential,
            List<String> excludes) {
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
                essential,
                excludes,
                doc);
    }
}
