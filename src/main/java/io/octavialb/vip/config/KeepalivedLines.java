package io.octavialb.vip.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a keepalived.conf and of what it includes, in the order and with the effects keepalived gives them. */
final class KeepalivedLines {
    private static final char REPLACEMENT = '\ufffd';
    private static final int DEEPEST_INCLUDE = 20;
    private static final Pattern INCLUDE = Pattern.compile("include([rmwba]?)\\s+(.+)");
    private static final Pattern REPEATED = Pattern.compile("(?:~(?:SEQx?|LST)\\([^)]*\\)\\s*)+(.*)");

    private final ConfigSource source;
    private final Problems problems;
    private final KeepalivedParameters parameters;
    private final List<KeepalivedLine> lines = new ArrayList<>();
    private final SequencedSet<String> files = new LinkedHashSet<>();
    private final List<String> open = new ArrayList<>();
    private final ConfigAmount amount;

    KeepalivedLines(ConfigSource source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.amount = new ConfigAmount(problems);
        this.parameters = new KeepalivedParameters(source.configId());
    }

    List<KeepalivedLine> of(String file) {
        read(file, new Place(file, 1), true);
        return lines;
    }

    /** All files that were read. */
    List<String> files() {
        return List.copyOf(files);
    }

    private void read(String file, Place from, boolean wanted) {
        files.add(file);
        switch (source.read(file)) {
            case ConfigSource.Text.Found(String text, boolean malformed) -> read(file, text, malformed);
            case ConfigSource.Text.TooLong _ ->
                amount.tooMuch(new Place(file, 1), ConfigSource.MOST_OCTETS + " octets");
            case ConfigSource.Text.Unreadable(String why) -> unreadable(file + " can't be read: " + why, from, wanted);
        }
    }

    private void unreadable(String what, Place from, boolean wanted) {
        String remedy = "check the path and its permissions";
        if (wanted) {
            problems.error(from, what, remedy);
        } else {
            problems.warning(from, what, remedy);
        }
    }

    private void read(String file, String text, boolean malformed) {
        amount.file(text, new Place(file, 1));
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            int line = 1
                    + (int) text.substring(0, nul)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            problems.error(new Place(file, line), "a NUL character", "write a text file");
            return;
        }
        open.add(file);
        String[] raw = text.split("\n", -1);
        for (int i = 0; i < raw.length && !amount.isTooMuch(); i++) {
            Place place = new Place(file, i + 1);
            String line = KeepalivedComment.strip(raw[i], place, problems);
            if (malformed && line.indexOf(REPLACEMENT) >= 0) {
                problems.warning(place, "octets that are not UTF-8 are not understood", "write the file in UTF-8");
            }
            if (line.startsWith("$") && KeepalivedParameters.beginsDefinition(line)) {
                StringBuilder definition = new StringBuilder(line);
                while (KeepalivedParameters.continues(definition) && i + 1 < raw.length) {
                    definition.setLength(definition.length() - 1);
                    i++;
                    definition.append('\n').append(KeepalivedComment.strip(raw[i], new Place(file, i + 1), problems));
                }
                parameters.define(definition.toString());
            } else {
                line(line, place);
            }
            amount.lines(1, place);
        }
        open.removeLast();
    }

    /** A line without its comment. */
    private void line(String line, Place place) {
        Matcher include = INCLUDE.matcher(line);
        if (include.matches()) {
            include(include.group(1), include.group(2).strip(), place);
            return;
        }
        if (line.length() > KeepalivedParameters.LONGEST) {
            problems.error(
                    place,
                    "a line of more than " + KeepalivedParameters.LONGEST + " characters",
                    "write shorter lines");
            return;
        }
        condition(line)
                .map(text -> parameters.substitute(text, place, problems))
                .ifPresent(text -> text.lines().map(String::strip).forEach(part -> substituted(part, place)));
    }

    /** A line whose parameters are replaced: it may be a condition or a definition now. */
    private void substituted(String line, Place place) {
        Optional<String> held = condition(line);
        if (held.isEmpty() || held.get().isEmpty()) {
            return;
        }
        String text = held.get();
        amount.text(text, place);
        if (amount.isTooMuch()) {
            return;
        }
        Matcher repeated = REPEATED.matcher(text);
        if (repeated.matches()) {
            problems.error(place, "~SEQ and ~LST are not supported", "write the lines out");
            lines.add(new KeepalivedLine(repeated.group(1), place));
        } else if (text.startsWith("$") && KeepalivedParameters.beginsDefinition(text)) {
            parameters.define(text);
        } else {
            lines.add(new KeepalivedLine(text, place));
        }
    }

    /** The line without its {@code @word}, if it is for this node. */
    private Optional<String> condition(String line) {
        if (!line.startsWith("@")) {
            return Optional.of(line);
        }
        int end = 1;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        boolean negative = line.startsWith("@^");
        boolean same = line.substring(negative ? 2 : 1, end).equals(source.configId());
        return same != negative ? condition(line.substring(end).strip()) : Optional.empty();
    }

    /** The letter after {@code include} says what is an error: r unreadable, m no match, w no match of a wildcard, a all. */
    private void include(String check, String pattern, Place place) {
        String unquoted = pattern.replace("\"", "");
        if (open.size() >= DEEPEST_INCLUDE) {
            problems.error(place, "include of " + unquoted + " goes too deep", "a file must not include itself");
            return;
        }
        Optional<List<String>> alternatives = Braces.alternatives(unquoted);
        if (alternatives.isEmpty()) {
            problems.error(place, "include " + unquoted + " has too many alternatives", "write several includes");
            return;
        }
        boolean wildcard = unquoted.contains("{") || NamePattern.hasWildcard(unquoted);
        SequencedSet<String> found = new LinkedHashSet<>();
        for (String alternative : alternatives.get()) {
            ConfigSource.Matches matches = source.glob(alternative, place.file());
            found.addAll(matches.files());
            matches.unreadable().forEach(why -> unreadable(why, place, check.equals("r") || check.equals("a")));
        }
        if (found.isEmpty() && (check.isEmpty() || check.equals("r") || (wildcard && check.equals("m")))) {
            if (!wildcard) {
                problems.warning(place, "include " + unquoted + " matches no file", "check the path");
            }
        } else if (found.isEmpty()) {
            problems.error(place, "include" + check + " " + unquoted + " matches no file", "check the path");
        }
        found.forEach(file -> {
            if (open.contains(file)) {
                problems.error(place, file + " includes itself", "remove the include");
            } else if (!amount.isTooMuch()) {
                read(file, place, !check.isEmpty());
            }
        });
    }
}
