package io.octavialb.vrrp;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of a conformance case: {@code milliseconds | events | actions | role}. The actions are those of all turns since the line
 * before; a {@code paused} among the events means that none was taken meanwhile.
 */
record StepCase(long at, boolean paused, List<Event> events, List<String> actions, Role role) {
    static StepCase read(VirtualRouter router, String line) {
        List<String> parts = Splitter.on('|').splitToList(line);
        List<Event> events = new ArrayList<>();
        boolean paused = false;
        for (String event : listed(parts.get(1))) {
            if (event.equals("paused")) {
                paused = true;
            } else {
                events.add(event(router, Splitter.on(' ').splitToList(event)));
            }
        }
        long at = Math.round(Double.parseDouble(parts.get(0).strip()) * 1_000_000);
        return new StepCase(
                at,
                paused,
                events,
                listed(parts.get(2)),
                Role.valueOf(parts.get(3).strip()));
    }

    private static List<String> listed(String text) {
        String stripped = text.strip();
        return stripped.equals("-") ? List.of() : Splitter.on(',').trimResults().splitToList(stripped);
    }

    /** {@code heard PRIORITY SOURCE [CENTISECONDS]}, {@code priority N}, {@code fault LINK}, {@code wants ROLE}, … */
    private static Event event(VirtualRouter router, List<String> words) {
        return switch (words.get(0)) {
            case "started" -> new Event.Started();
            case "stop" -> new Event.StopAsked();
            case "priority" -> new Event.PriorityChanged(Integer.parseInt(words.get(1)));
            case "fault" -> new Event.FaultBegan(Event.Fault.valueOf(words.get(1)));
            case "healed" -> new Event.FaultEnded();
            case "lost" -> new Event.AddressLost();
            case "wants" -> new Event.GroupWants(Role.valueOf(words.get(1)));
            case "heard" ->
                new Event.Heard(
                        new Advertisement(
                                router.version(),
                                router.vrid(),
                                Integer.parseInt(words.get(1)),
                                words.size() > 3 ? Integer.parseInt(words.get(3)) : router.intervalCentiseconds(),
                                router.addresses(),
                                router.authentication()),
                        IpAddress.parse(words.get(2)));
            default -> throw new IllegalArgumentException("no event: " + words.get(0));
        };
    }

    /** An action as the files write it. */
    static String text(Action action) {
        return switch (action) {
            case Action.Advertise(var priority) -> "advertise " + priority;
            case Action.HoldAddresses _ -> "hold";
            case Action.DropAddresses _ -> "drop";
            case Action.Announce _ -> "announce";
            case Action.Changed(var from, var to, var cause) -> from + ">" + to + " " + cause;
            case Action.Noticed(var notice, var _) -> notice.name().toLowerCase(Locale.ROOT);
        };
    }
}
