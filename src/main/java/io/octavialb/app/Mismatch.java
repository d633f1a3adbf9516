package io.octavialb.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.google.common.base.Throwables;
import java.util.stream.Collectors;

/** Where a value is of another type than the API has there, as in {@code spec.ports[0].port: …}. */
final class Mismatch {
    private Mismatch() {}

    static String of(RuntimeException e) {
        return Throwables.getCausalChain(e).stream()
                .filter(JsonMappingException.class::isInstance)
                .map(JsonMappingException.class::cast)
                .findFirst()
                .map(mapping -> path(mapping) + ": " + words(mapping))
                .orElseGet(() -> OneLine.of(e));
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    /** Without the names of Java's types, which begin where a colon stands first. */
    private static String words(JsonProcessingException e) {
        String text = e.getOriginalMessage().lines().findFirst().orElse("");
        return text.replaceAll("`[a-z]+(\\.[a-zA-Z0-9]+)*\\.([A-Za-z0-9]+)(<[^`]*>)?`", "$2");
    }
}
