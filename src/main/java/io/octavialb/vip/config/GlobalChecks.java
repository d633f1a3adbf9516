package io.octavialb.vip.config;

import io.octavialb.vip.config.Dialect.Setting;
import java.util.Optional;

/** Checks what concerns the agent as a whole. */
final class GlobalChecks {
    private static final int HIGHEST_REALTIME_PRIORITY = 99;
    private static final int HIGHEST_PORT = 65535;

    private GlobalChecks() {}

    static GlobalSettings settled(AgentDraft draft, Problems problems) {
        if (draft.listen != null && !isHostAndPort(draft.listen.value())) {
            problems.error(
                    draft.listen.place(),
                    "listen " + draft.listen.value() + " is not an address and a port",
                    "write host:port, such as 127.0.0.1:9650 or [::1]:9650");
        }
        return new GlobalSettings(
                AgentDraft.value(draft.listen),
                AgentDraft.value(draft.stateFile),
                realtimePriority(draft, problems),
                AgentDraft.value(draft.scriptUser));
    }

    private static Optional<Integer> realtimePriority(AgentDraft draft, Problems problems) {
        if (draft.realtimePriority == null) {
            return Optional.empty();
        }
        long priority = draft.realtimePriority.value();
        if (priority < 1 || priority > HIGHEST_REALTIME_PRIORITY) {
            problems.error(
                    draft.realtimePriority.place(),
                    draft.dialect.name(Setting.REALTIME_PRIORITY) + " " + priority + " is out of range",
                    "write a number from 1 to " + HIGHEST_REALTIME_PRIORITY);
            return Optional.empty();
        }
        return Optional.of(Math.toIntExact(priority));
    }

    /** {@code host:port}, {@code [address]:port}; a host without a colon. */
    static boolean isHostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return false;
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
        boolean plain = host.chars().noneMatch(c -> c == ':' || c == '[' || c == ']' || Character.isWhitespace(c));
        return (bracketed || plain)
                && Quantity.whole(text.substring(colon + 1))
                        .filter(port -> port >= 1 && port <= HIGHEST_PORT)
                        .isPresent();
    }
}
