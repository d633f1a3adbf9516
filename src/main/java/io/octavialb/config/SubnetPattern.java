package io.octavialb.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which subnets of the floating network may give the floating IP: by name, by tags, or both.
 *
 * <p>{@code floating-subnet} is a name, a glob ({@code *}, {@code ?}, {@code [ab]}, {@code {a,b}}) or a regular
 * expression after {@code ~}; a leading {@code !} negates. {@code floating-subnet-tags} is a list of which any must be
 * present; after {@code &} all must be; a leading {@code !} negates the whole. Regular expressions are RE2: those of the
 * reference, and linear in time, for any user may write one.
 *
 * @param name null = any name
 * @param tags null = any tags
 */
public record SubnetPattern(@Nullable Name name, @Nullable Tags tags) {

    /** Empty when the regular expression or the glob is not one. */
    public static Optional<SubnetPattern> parse(@Nullable String name, @Nullable String tags) {
        try {
            return Optional.of(new SubnetPattern(
                    name == null || name.isEmpty() ? null : Name.parse(name),
                    tags == null || tags.isBlank() ? null : Tags.parse(tags)));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }

    /** Whether a subnet of this name and these tags is meant. */
    public boolean matches(String subnetName, Collection<String> subnetTags) {
        return (name == null || name.matches(subnetName)) && (tags == null || tags.match(subnetTags));
    }

    /** Keys and values, as annotations and the cloud-config write them. */
    @Override
    public String toString() {
        return (name == null ? "" : "floating-subnet: \"" + name.text() + "\"")
                + (name == null || tags == null ? "" : ", ")
                + (tags == null ? "" : "floating-subnet-tags: \"" + tags.text() + "\"");
    }

    /** A pattern for names; as in the reference its leftmost match must be the whole name. */
    record Name(String text, boolean negated, Pattern pattern) {
        static Name parse(String text) {
            boolean negated = text.startsWith("!");
            String rest = negated ? text.substring(1) : text;
            return new Name(
                    text, negated, Pattern.compile(rest.startsWith("~") ? rest.substring(1) : globToRegex(rest)));
        }

        boolean matches(String subnetName) {
            Matcher matcher = pattern.matcher(subnetName);
            boolean whole = matcher.find() && matcher.group().equals(subnetName);
            return whole != negated;
        }

        private static String globToRegex(String glob) {
            StringBuilder regex = new StringBuilder("^(?:");
            int open = 0;
            for (int i = 0; i < glob.length(); i++) {
                char c = glob.charAt(i);
                switch (c) {
                    case '*' -> regex.append(".*");
                    case '?' -> regex.append('.');
                    case '[', ']' -> regex.append(c);
                    case '{' -> {
                        open++;
                        regex.append("(?:");
                    }
                    case '}' -> regex.append(open-- > 0 ? ")" : "\\}");
                    case ',' -> regex.append(open > 0 ? "|" : ",");
                    case '-' -> regex.append('-');
                    default -> regex.append(Pattern.quote(String.valueOf(c)));
                }
                open = Math.max(0, open);
            }
            return regex.append(")$").toString();
        }
    }

    /** A condition on tags. */
    record Tags(String text, boolean negated, boolean all, List<String> wanted) {
        static Tags parse(String text) {
            String rest = text.strip();
            boolean negated = rest.startsWith("!");
            rest = negated ? rest.substring(1).strip() : rest;
            boolean all = rest.startsWith("&");
            rest = all ? rest.substring(1) : rest;
            return new Tags(
                    text,
                    negated,
                    all,
                    Arrays.stream(rest.split(",", -1))
                            .map(String::strip)
                            .filter(tag -> !tag.isEmpty())
                            .toList());
        }

        boolean match(Collection<String> present) {
            boolean holds = all ? present.containsAll(wanted) : wanted.stream().anyMatch(present::contains);
            return holds != negated;
        }
    }
}
