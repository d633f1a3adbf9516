package io.octavialb.vip.config;

import io.octavialb.vip.config.InstanceDraft.TrackedDraft;
import io.octavialb.vip.config.KeepalivedTokens.UnclosedQuote;
import io.octavialb.vrrp.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the arguments of statements of a keepalived.conf; what can't be read is a problem and empty. */
final class KeepalivedValues {
    private static final int HEAVIEST = 253;

    private final Problems problems;

    KeepalivedValues(Problems problems) {
        this.problems = problems;
    }

    /** The first argument. */
    Optional<Said<String>> word(Statement statement) {
        if (statement.arguments().isEmpty() || statement.arguments().getFirst().isEmpty()) {
            problems.error(statement.place(), statement.key() + " has no value", "write one after it, or remove it");
            return Optional.empty();
        }
        return Optional.of(new Said<>(statement.arguments().getFirst(), statement.place()));
    }

    Optional<Said<Long>> whole(Statement statement) {
        return word(statement).flatMap(said -> {
            Optional<Said<Long>> number = Quantity.whole(said.value()).map(value -> new Said<>(value, said.place()));
            if (number.isEmpty()) {
                wrong(statement, said.value(), "a whole number");
            }
            return number;
        });
    }

    Optional<Integer> atLeast(int least, Statement statement) {
        Optional<Said<Long>> number = whole(statement);
        if (number.isPresent() && number.get().value() < least) {
            wrong(statement, number.get().value().toString(), "a whole number of at least " + least);
            return Optional.empty();
        }
        return number.map(said -> Math.toIntExact(said.value()));
    }

    Optional<Said<Duration>> seconds(Statement statement) {
        return word(statement).flatMap(said -> {
            Optional<Said<Duration>> time =
                    Quantity.seconds(said.value()).map(value -> new Said<>(value, said.place()));
            if (time.isEmpty()) {
                wrong(statement, said.value(), "a number of seconds, such as 1 or 0.5");
            }
            return time.filter(seconds -> isPossible(statement, said.value(), seconds.value()));
        });
    }

    private boolean isPossible(Statement statement, String said, Duration time) {
        if (Quantity.isTooLong(time)) {
            wrong(statement, said, "at most " + Quantity.LONGEST.toSeconds() + " seconds");
        }
        return !Quantity.isTooLong(time);
    }

    Optional<Integer> between(int least, int most, Statement statement) {
        Optional<Integer> number = atLeast(least, statement);
        if (number.isPresent() && number.get() > most) {
            wrong(statement, number.get().toString(), "a whole number of at most " + most);
            return Optional.empty();
        }
        return number;
    }

    /** on, true, yes or nothing; off, false, no. */
    boolean flag(Statement statement) {
        String text =
                statement.arguments().isEmpty() ? "on" : statement.arguments().getFirst();
        return switch (text) {
            case "on", "true", "yes" -> true;
            case "off", "false", "no" -> false;
            default -> {
                wrong(statement, text, "on or off");
                yield false;
            }
        };
    }

    Optional<Said<IpAddress>> address(String text, String key, Place place) {
        Optional<Said<IpAddress>> address = Addresses.parse(text).map(parsed -> new Said<>(parsed, place));
        if (address.isEmpty()) {
            problems.error(place, key + " " + text + " is not allowed", "write an IPv4 or IPv6 address");
        }
        return address;
    }

    /** A command in quotes, or without arguments; then a user and a group. */
    Optional<Notify.Command> commandAndUser(Statement statement) {
        Optional<String> user = statement.arguments().stream().skip(1).findFirst();
        warnOfGroup(statement, 2);
        return command(statement).map(command -> new Notify.Command(command.words(), user));
    }

    /** A command in quotes, or without arguments: what stands after the quotes is not passed on, as in keepalived. */
    Optional<Notify.Command> onlyCommand(Statement statement) {
        if (statement.arguments().size() > 1) {
            problems.warning(
                    statement.place(),
                    statement.key() + ": " + statement.arguments().get(1)
                            + " is outside the quotes and not passed to the program, as in keepalived",
                    "set the whole command in double quotes");
        }
        return command(statement);
    }

    private Optional<Notify.Command> command(Statement statement) {
        return word(statement).flatMap(said -> {
            List<String> words;
            try {
                words = KeepalivedTokens.ofCommand(said.value());
            } catch (UnclosedQuote e) {
                problems.error(
                        statement.place(),
                        statement.key() + ": " + e.getMessage(),
                        "close it, or write \\\" for one that is meant");
                return Optional.empty();
            }
            if (words.isEmpty() || words.getFirst().isEmpty()) {
                problems.error(statement.place(), statement.key() + " names no program", "write a command");
                return Optional.empty();
            }
            return Optional.of(new Notify.Command(words, Optional.empty()));
        });
    }

    /** A user, after which a group may stand. */
    Optional<Said<String>> user(Statement statement) {
        warnOfGroup(statement, 1);
        return word(statement);
    }

    private void warnOfGroup(Statement statement, int at) {
        statement.arguments().stream()
                .skip(at)
                .findFirst()
                .ifPresent(group -> problems.warning(
                        statement.place(),
                        statement.key() + ": the group " + group + " has no effect, the user's own groups count",
                        "remove the group"));
    }

    /** A line of a track block: name, {@code weight} and a number. */
    Optional<Said<TrackedDraft>> tracked(Statement line) {
        Integer weight = null;
        List<String> words = line.arguments();
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "weight" -> {
                    i++;
                    Optional<Integer> number = weight(line, i < words.size() ? words.get(i) : "");
                    if (number.isEmpty()) {
                        return Optional.empty();
                    }
                    weight = number.get();
                }
                case "reverse" -> refuseReverse(line);
                case "noreverse", "no_reverse" -> {}
                default ->
                    problems.error(
                            line.place(),
                            line.key() + ": " + words.get(i) + " is not understood",
                            "write one name a line, and after it: weight, a number");
            }
        }
        return Optional.of(new Said<>(new TrackedDraft(line.key(), weight), line.place()));
    }

    Optional<Integer> weight(Statement statement, String text) {
        Optional<Integer> weight = Quantity.whole(text)
                .filter(number -> Math.abs(number) <= HEAVIEST)
                .map(Math::toIntExact);
        if (weight.isEmpty()) {
            problems.error(
                    statement.place(),
                    statement.key() + ": the weight " + text + " is not allowed",
                    "write a whole number from -" + HEAVIEST + " to " + HEAVIEST);
        }
        return weight;
    }

    void refuseReverse(Statement statement) {
        problems.error(
                statement.place(),
                statement.key() + ": reverse is not supported",
                "remove it, and let the script tell the opposite");
    }

    void wrong(Statement statement, String value, String wanted) {
        problems.error(statement.place(), statement.key() + " " + value + " is not allowed", "write " + wanted);
    }
}
