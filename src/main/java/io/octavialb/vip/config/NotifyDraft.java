package io.octavialb.vip.config;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Notify programs while they are read. */
final class NotifyDraft {
    enum On {
        ACTIVE,
        BACKUP,
        FAULT,
        STOP,
        ANY
    }

    private final Map<On, Notify.Command> commands = new EnumMap<>(On.class);

    /** False if there is one already, which then stays. */
    boolean add(On on, Notify.Command command) {
        return commands.putIfAbsent(on, command) == null;
    }

    Notify settled() {
        return new Notify(on(On.ACTIVE), on(On.BACKUP), on(On.FAULT), on(On.STOP), on(On.ANY));
    }

    private Optional<Notify.Command> on(On on) {
        return Optional.ofNullable(commands.get(on));
    }
}
