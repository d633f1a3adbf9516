package io.octavialb.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The texts given for options, checked when they are put in; an empty text is unset, of several the last one counts. */
final class OptionValues {
    private final Map<Option<?>, List<String>> texts = new HashMap<>();
    private final Set<Option<?>> rejected = new HashSet<>();

    /** Takes the text if the option's type allows it, else records a problem, without the text if it is a secret. */
    void put(Option<?> option, String text, Findings findings, String section, String key) {
        if (text.isEmpty() || option.type().parse(text).isPresent()) {
            texts.computeIfAbsent(option, _ -> new ArrayList<>()).add(text);
        } else {
            boolean hidden = option.type().secret() || text.contains("@");
            findings.problem(
                    section,
                    key,
                    hidden ? null : text,
                    "allowed is " + option.type().allowed());
            rejected.add(option);
        }
    }

    /** Takes what the other has for an option that this one lacks. */
    void putMissing(OptionValues other, Option<?> option) {
        if (!isGiven(option) && other.isGiven(option)) {
            texts.put(option, other.texts.getOrDefault(option, List.of()));
            rejected.addAll(other.rejected);
        }
    }

    /** Whether something was written for the option, right or wrong. */
    boolean isGiven(Option<?> option) {
        return rejected.contains(option) || lastText(option) != null;
    }

    /** The value or the default; null when there is neither. */
    <T> @Nullable T find(Option<T> option) {
        String given = lastText(option);
        String text = given != null ? given : option.defaultText();
        return text == null ? null : option.type().parse(text).orElseThrow();
    }

    /** The value of an option that has a default. */
    <T> T get(Option<T> option) {
        return Objects.requireNonNull(find(option), option.key());
    }

    /** Every value of an option that may be repeated. */
    <T> List<T> all(Option<T> option) {
        return texts.getOrDefault(option, List.of()).stream()
                .filter(text -> !text.isEmpty())
                .map(text -> option.type().parse(text).orElseThrow())
                .toList();
    }

    private @Nullable String lastText(Option<?> option) {
        List<String> given = texts.getOrDefault(option, List.of());
        return given.isEmpty() || given.getLast().isEmpty() ? null : given.getLast();
    }

    @Override
    public String toString() {
        return "OptionValues" + texts.keySet().stream().map(Option::key).toList();
    }
}
