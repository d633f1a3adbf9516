package io.octavialb.config;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which golden plans are about which annotation and which key of {@code [LoadBalancer]}, read from their files. */
final class GoldenCases {
    private static final Path ROOT = Path.of("src/test/resources/plans");
    private static final YAMLMapper YAML = new YAMLMapper();
    /** By file: each is read once. */
    private static final Map<Path, Map<String, String>> ANNOTATIONS = new ConcurrentHashMap<>();

    /** What a case does with a key. */
    enum Kind {
        CREATE("at creation"),
        CHANGE("set or changed"),
        REMOVAL("removed"),
        BAD("refused or held");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    private GoldenCases() {}

    /** The names of the cases of each kind, for an annotation with or without the name of a port. */
    static Map<Kind, List<String>> of(Annotation<?> annotation) {
        return cases((folder, file) -> annotations(folder, file, annotation.key()));
    }

    static Map<Kind, List<String>> of(Option<?> option) {
        return cases((folder, file) -> configured(folder, file.equals("service.yaml"), option));
    }

    /** What a file of a case says about a key. */
    private interface Reader {
        Map<String, String> values(Path folder, String file);
    }

    private static Map<Kind, List<String>> cases(Reader reader) {
        Map<Kind, List<String>> cases = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            cases.put(kind, new ArrayList<>());
        }
        for (Path folder : folders()) {
            Map<String, String> now = reader.values(folder, "service.yaml");
            boolean creation = !Files.exists(folder.resolve("before.yaml"));
            Map<String, String> before = creation ? Map.of() : reader.values(folder, "before.yaml");
            if (!now.equals(before) && !Files.exists(folder.resolve("observed.json"))) {
                cases.computeIfAbsent(kind(folder, creation, now), _ -> new ArrayList<>())
                        .add(folder.getFileName().toString());
            }
        }
        return cases;
    }

    private static Kind kind(Path folder, boolean creation, Map<String, String> now) {
        String name = folder.getFileName().toString();
        if (name.startsWith("bad-") || name.endsWith("-rejected")) {
            return Kind.BAD;
        }
        if (creation) {
            return Kind.CREATE;
        }
        return now.isEmpty() ? Kind.REMOVAL : Kind.CHANGE;
    }

    private static List<Path> folders() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("service.yaml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> annotations(Path folder, String file, String key) {
        return ANNOTATIONS.computeIfAbsent(folder.resolve(file), GoldenCases::annotations).entrySet().stream()
                .filter(annotation ->
                        annotation.getKey().equals(key) || annotation.getKey().startsWith(key + "."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> annotations(Path file) {
        Map<String, String> found = new TreeMap<>();
        try {
            YAML.readTree(file.toFile())
                    .path("metadata")
                    .path("annotations")
                    .properties()
                    .forEach(annotation ->
                            found.put(annotation.getKey(), annotation.getValue().asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** What {@code default/} says is in every case, and so said by none. */
    private static Map<String, String> configured(Path folder, boolean now, Option<?> option) {
        Path before = folder.resolve("cloud-before.conf");
        Path file = !now && Files.exists(before) ? before : folder.resolve("cloud.conf");
        String usual = value(ROOT.resolve("default/cloud.conf"), option.key());
        String value = Files.exists(file) ? value(file, option.key()) : usual;
        return value.equals(usual) ? Map.of() : Map.of(option.key(), value);
    }

    private static String value(Path file, String key) {
        try {
            return Files.readString(file)
                    .lines()
                    .takeWhile(line -> !line.startsWith("[LoadBalancerClass"))
                    .filter(line -> line.matches(key + "\\s*=.*"))
                    .map(line -> line.substring(line.indexOf('=') + 1).strip())
                    .reduce("", (_, last) -> last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String page() {
        return """
                # Golden cases

                <!-- Generated from src/test/resources/plans: ./dev docs -->

                The cases of `src/test/resources/plans` in which an annotation, or a key of `[LoadBalancer]`, is given at
                creation, is set or changed on a load balancer that is there, is removed, or can not be had. Of every case
                it is also tested that its plan takes one request a step and leaves nothing to do: the case "no change".

                ## Annotations

                """ + table(Annotations.ALL, Annotation::key, GoldenCases::of)
                + "\n## [LoadBalancer]\n\n"
                + table(
                        CloudConfigOptions.ALL.stream()
                                .filter(option -> option.section().equals(CloudConfigOptions.LOAD_BALANCER))
                                .toList(),
                        Option::key,
                        GoldenCases::of);
    }

    private static <T> String table(List<T> rows, Function<T, String> key, Function<T, Map<Kind, List<String>>> cases) {
        StringBuilder table = new StringBuilder("| Key |");
        for (Kind kind : Kind.values()) {
            table.append(' ').append(kind.title).append(" |");
        }
        table.append("\n|---|---|---|---|---|\n");
        for (T row : rows) {
            String cells = cases.apply(row).values().stream()
                    .map(names -> String.join(", ", names))
                    .collect(Collectors.joining(" | "));
            table.append("| `%s` | %s |\n".formatted(key.apply(row), cells));
        }
        return table.toString();
    }
}
