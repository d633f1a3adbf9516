package io.octavialb.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;

/**
 * The git-config dialect of cloud-config files, as the reference reads it.
 *
 * <p>Sections and lines are told apart here, the values (quotes, escapes, comments) are left to JGit. So every line that
 * cannot be read is a problem of its own with its number, and what JGit alone would take differently is right: a byte
 * order mark and {@code _} or {@code .} in a key are accepted, {@code [a.b]} and text after a header are not.
 */
final class GitConfigText {
    private static final Pattern HEADER =
            Pattern.compile("\\s*\\[\\s*([A-Za-z0-9-]+)(?:\\s+\"((?:[^\"\\\\]|\\\\.)*)\")?\\s*]\\s*(?:[#;].*)?");
    private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*(?=[=#;]|$)");
    private static final Pattern NOTHING = Pattern.compile("\\s*(?:[#;].*)?");

    private final Findings findings;
    private final List<Section> sections = new ArrayList<>();
    private boolean inUnreadableSection;

    private GitConfigText(Findings findings) {
        this.findings = findings;
    }

    /** A header with the entries up to the next one; the same section may come more than once. */
    record Section(String name, @Nullable String subsection, List<Entry> entries) {
        String label() {
            return subsection == null ? name : name + " \"" + subsection + "\"";
        }
    }

    /** @param value null = the key stands alone, without {@code =} */
    record Entry(String key, @Nullable String value) {
        @Override
        public String toString() {
            return key + " = ***";
        }
    }

    /** The sections in the order of the text; what cannot be read is left out and becomes a problem. */
    static List<Section> read(String text, Findings findings) {
        GitConfigText reading = new GitConfigText(findings);
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<String> lines = unmarked.lines().toList();
        for (int i = 0; i < lines.size(); ) {
            int end = endOfLogicalLine(lines, i);
            reading.readLine(String.join("\n", lines.subList(i, end)), i + 1);
            i = end;
        }
        return reading.sections;
    }

    private void readLine(String line, int number) {
        Matcher header = HEADER.matcher(line);
        if (NOTHING.matcher(line).matches()) {
            return;
        }
        if (header.matches()) {
            String subsection = header.group(2);
            sections.add(new Section(
                    header.group(1),
                    subsection == null ? null : subsection.replaceAll("\\\\(.)", "$1"),
                    new ArrayList<>()));
            inUnreadableSection = false;
        } else if (line.stripLeading().startsWith("[")) {
            unreadable(number, "a section header is [Name] or [Name \"subsection\"], alone on its line");
            inUnreadableSection = true;
        } else if (!inUnreadableSection) {
            readEntry(line, number);
        }
    }

    private void readEntry(String line, int number) {
        Matcher key = KEY.matcher(line);
        if (!key.lookingAt()) {
            unreadable(number, "expected key = value, [Section] or a comment after # or ;");
        } else if (sections.isEmpty()) {
            unreadable(number, "a key must follow a section header such as [Global]");
        } else {
            boolean alone = key.end() == line.length() || line.charAt(key.end()) != '=';
            sections.getLast()
                    .entries()
                    .add(new Entry(
                            key.group(1), alone ? null : value(line.substring(key.end()), key.group(1), number)));
        }
    }

    /** What follows the key, from {@code =} on; empty if it cannot be read, which is then a problem. */
    private String value(String text, String key, int number) {
        try {
            Config config = new Config();
            config.fromText("[s]\nk " + text + "\n");
            return Objects.requireNonNullElse(config.getString("s", null, "k"), "");
        } catch (ConfigInvalidException _) {
            // The library's message may show the value, which may be a password.
            unreadable(
                    number,
                    "the value of " + key
                            + " has an open quote or an unknown escape: write \\\\ for a backslash, \\\" for a quote, and"
                            + " quote a value that contains # or ;");
            return "";
        }
    }

    private void unreadable(int number, String remedy) {
        findings.problem(null, null, null, "line " + number + " can't be read: " + remedy);
    }

    /** One past the last line that a backslash at the end of the one before joins to the line at {@code start}. */
    private static int endOfLogicalLine(List<String> lines, int start) {
        boolean quoted = false;
        for (int i = start; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean continued = false;
            boolean comment = i == start && NOTHING.matcher(line).matches();
            for (int c = 0; c < line.length() && !comment; c++) {
                switch (line.charAt(c)) {
                    case '\\' -> continued = ++c == line.length();
                    case '"' -> quoted = !quoted;
                    case '#', ';' -> comment = !quoted;
                    default -> {}
                }
            }
            if (!continued) {
                return i + 1;
            }
        }
        return lines.size();
    }
}
