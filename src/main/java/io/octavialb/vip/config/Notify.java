package io.octavialb.vip.config;

import java.util.List;
import java.util.Optional;

/**
 * Programs that are told of an instance's or a group's state. Each is a program with its arguments, started without a shell;
 * {@code any} gets three or four arguments more, as keepalived gives them: GROUP or INSTANCE, its name, MASTER, BACKUP, FAULT or
 * STOP, and the priority.
 */
public record Notify(
        Optional<Command> active,
        Optional<Command> backup,
        Optional<Command> fault,
        Optional<Command> stop,
        Optional<Command> any) {
    public static final Notify NONE =
            new Notify(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A program and its arguments.
     *
     * @param user whom it runs as; empty is the agent's own user
     */
    public record Command(List<String> words, Optional<String> user) {
        public Command {
            words = List.copyOf(words);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("a command names a program");
            }
        }
    }
}
