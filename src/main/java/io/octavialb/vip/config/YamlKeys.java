package io.octavialb.vip.config;

import java.util.List;

/** The keys of our own format: one table for parsing and for the reference page. */
final class YamlKeys {
    /** A mapping of the format. */
    enum In {
        TOP("the file"),
        INSTANCE("an instance"),
        AUTHENTICATION("authentication"),
        ADDRESS("an address"),
        TRACK("track"),
        TRACKED("what is tracked"),
        ANNOUNCEMENTS("announcements"),
        NOTIFY("notify"),
        COMMAND("a command"),
        SYNC_GROUP("a sync group"),
        CHECK("a check"),
        HTTP("http");

        private final String text;

        In(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A key.
     *
     * @param type what may be written
     * @param unsaid its default
     */
    record Key(In in, String name, String type, String unsaid, String doc) {}

    private static final String NONE = "none";
    private static final String NEEDED = "needed";
    private static final String COMMAND = "command";
    private static final String TIME = "time";
    private static final String WHOLE = "whole number";
    private static final String REPEATS = "1 to 1000";
    private static final String TRUTH = "true or false";
    private static final String NAMES = "list of names, or of mappings of name and weight";

    static final List<Key> ALL = List.of(
            key(In.TOP, "instances", "mapping of names to instances", NONE, "The virtual routers of this node."),
            key(
                    In.TOP,
                    "syncGroups",
                    "mapping of names to sync groups",
                    NONE,
                    "Instances that are active, backup or in fault together."),
            key(In.TOP, "checks", "mapping of names to checks", NONE, "Health checks that instances and groups track."),
            key(In.TOP, "listen", "host:port", "unset", "Where metrics, health and status are served."),
            key(
                    In.TOP,
                    "stateFile",
                    "path",
                    "unset",
                    "Where the addresses that are held are recorded, so that the next start removes what this one left. Before "
                            + "Linux 5.18, which keeps marks of them, by default `/run/octavia-lb/vip-agent.json`."),
            key(
                    In.TOP,
                    "realtimePriority",
                    "1 to 99",
                    NONE,
                    "SCHED_FIFO priority of the protocol's thread; needs CAP_SYS_NICE."),
            key(
                    In.TOP,
                    "scriptUser",
                    "user",
                    "the agent's",
                    "Whom commands run as that name no user; another one than the agent's own needs root."),
            key(In.INSTANCE, "interface", "name", NEEDED, "The interface of the virtual router."),
            key(
                    In.INSTANCE,
                    "vrid",
                    "1 to 255",
                    NEEDED,
                    "Virtual Router Identifier, the same on all routers, and once on an interface for each family."),
            key(
                    In.INSTANCE,
                    "priority",
                    "1 to 255",
                    "`100`",
                    "The highest is active; 255 is the owner of the addresses."),
            key(
                    In.INSTANCE,
                    "interval",
                    "time",
                    "`1s`",
                    "Between two advertisements: hundredths of seconds from `10ms` to `40.95s`; with version 2 whole seconds to `255s`. The same on all routers."),
            key(In.INSTANCE, "version", "2 or 3", "`3`", "Of the protocol; IPv6 is 3."),
            key(
                    In.INSTANCE,
                    "preempt",
                    TRUTH,
                    "`true`",
                    "Whether a higher priority takes over from an active router of a lower one."),
            key(In.INSTANCE, "preemptDelay", TIME, "`0s`", "How long that waits after the start, or after a fault."),
            key(
                    In.INSTANCE,
                    "peers",
                    "list of addresses",
                    "multicast",
                    "The other routers, for unicast; an empty list is an error."),
            key(In.INSTANCE, "source", "address", "the interface's", "Source of the advertisements."),
            key(
                    In.INSTANCE,
                    "trackSource",
                    TRUTH,
                    "`false`",
                    "Whether an active router that loses its source is in fault; else it goes on, and sends nothing. A backup "
                            + "without its source is in fault anyway."),
            key(In.INSTANCE, "authentication", "mapping", NONE, "Of version 2."),
            key(
                    In.INSTANCE,
                    "checksum",
                    "`pseudo-header` or `message`",
                    "`pseudo-header`",
                    "What the checksum covers that is sent over IPv4 with version 3: as keepalived, or as RFC 9568 §5.2.8. Both are accepted."),
            key(
                    In.INSTANCE,
                    "addresses",
                    "list of addresses",
                    NEEDED,
                    "The virtual addresses, of one family; the same list on all routers. Over IPv6 the first is link-local."),
            key(
                    In.INSTANCE,
                    "excluded",
                    "list of addresses",
                    NONE,
                    "Further addresses, of either family, that are held and not advertised."),
            key(In.INSTANCE, "track", "mapping", NONE, "What concerns the priority, or is a fault."),
            key(
                    In.INSTANCE,
                    "announcements",
                    "mapping",
                    "below",
                    "When gratuitous ARP or unsolicited neighbour advertisements are sent."),
            key(In.INSTANCE, "notify", "mapping of states to commands", NONE, "Programs that are told of the state."),
            key(
                    In.AUTHENTICATION,
                    "password",
                    "1 to 8 ASCII characters",
                    NEEDED,
                    "Sent in plain text; the same on all routers."),
            key(
                    In.ADDRESS,
                    "address",
                    "address",
                    NEEDED,
                    "With the length of its prefix, `192.0.2.10/24`; else it is `/32` or `/128`."),
            key(In.ADDRESS, "device", "name", "the instance's", "The interface that the address is put on."),
            key(In.ADDRESS, "label", "text", NONE, "Of an IPv4 address, at most 15 octets, such as `eth0:vip`."),
            key(
                    In.ADDRESS,
                    "scope",
                    "`global`, `site`, `link`, `host`, `nowhere` or a number",
                    "`global`",
                    "Of the address."),
            key(
                    In.TRACK,
                    "interfaces",
                    NAMES,
                    NONE,
                    "Interfaces that have to be up, beside the instance's own. Weight 0: down is a fault. Below 0: added to the priority while down. Above 0: added while up."),
            key(
                    In.TRACK,
                    "checks",
                    NAMES,
                    NONE,
                    "Checks that have to be good; weights as above, by default that of the check."),
            key(In.TRACKED, "name", "name", NEEDED, "Of the interface or the check."),
            key(In.TRACKED, "weight", "-253 to 253", "`0`, or that of the check", "See `track`."),
            key(In.ANNOUNCEMENTS, "repeat", REPEATS, "`5`", "Announcements in a row when it becomes active."),
            key(In.ANNOUNCEMENTS, "delay", TIME, "`5s`", "After which the row is sent a second time; `0s` is not."),
            key(
                    In.ANNOUNCEMENTS,
                    "refresh",
                    TIME,
                    "`0s`",
                    "Between further announcements while active, at least `1s`; `0s` is none."),
            key(In.ANNOUNCEMENTS, "refreshRepeat", REPEATS, "`1`", "Announcements of each refresh."),
            key(In.ANNOUNCEMENTS, "spacing", TIME, "`50ms`", "Between two announcements of a row."),
            key(
                    In.ANNOUNCEMENTS,
                    "contestedRepeat",
                    "0 to 1000",
                    "as `repeat`",
                    "Announcements after an advertisement of a lower priority."),
            key(In.ANNOUNCEMENTS, "contestedDelay", TIME, "`0s`", "Before the first of them."),
            key(In.NOTIFY, "active", COMMAND, NONE, "Started when it becomes active."),
            key(In.NOTIFY, "backup", COMMAND, NONE, "Started when it becomes backup."),
            key(In.NOTIFY, "fault", COMMAND, NONE, "Started when it is in fault."),
            key(In.NOTIFY, "stop", COMMAND, NONE, "Started when the agent stops."),
            key(
                    In.NOTIFY,
                    "any",
                    COMMAND,
                    NONE,
                    "Started each time, with further arguments: INSTANCE or GROUP, its name, MASTER, BACKUP, FAULT or STOP, the priority."),
            key(
                    In.COMMAND,
                    "command",
                    "text or list of words",
                    NEEDED,
                    "Program and arguments, started without a shell; in a text, quotes keep words together."),
            key(
                    In.COMMAND,
                    "user",
                    "user",
                    "`scriptUser`",
                    "Whom it runs as; another one than the agent's own needs root."),
            key(
                    In.SYNC_GROUP,
                    "instances",
                    "list of names",
                    NEEDED,
                    "The members; an instance is in one group. Weights that a member tracks by itself do not count: track in the group."),
            key(In.SYNC_GROUP, "track", "mapping", NONE, "As of an instance, for all members."),
            key(In.SYNC_GROUP, "notify", "mapping of states to commands", NONE, "As of an instance, for the group."),
            key(
                    In.CHECK,
                    "script",
                    COMMAND,
                    "",
                    "Exit status 0 is good. A check has one of `script`, `tcp` and `http`."),
            key(In.CHECK, "tcp", "host:port", "", "A connection that is accepted is good."),
            key(
                    In.CHECK,
                    "http",
                    "URL or mapping",
                    "",
                    "A GET with a good status is good; redirects are not followed, certificates not checked."),
            key(In.CHECK, "interval", TIME, "`1s`", "From start to start."),
            key(In.CHECK, "timeout", TIME, "as `interval`", "After which a run has failed."),
            key(In.CHECK, "rise", WHOLE, "`1`", "Successes in a row that make it good."),
            key(In.CHECK, "fall", WHOLE, "`1`", "Failures in a row that make it bad."),
            key(In.CHECK, "weight", "-253 to 253", "`0`", "For who tracks it without a weight."),
            key(In.CHECK, "startsFailed", TRUTH, "`false`", "Whether it is bad until it has risen."),
            key(In.HTTP, "url", "URL", NEEDED, "`http://` or `https://`."),
            key(In.HTTP, "status", "number, or two with a `-`", "`200-399`", "Good statuses."));

    private YamlKeys() {}

    static List<String> of(In in) {
        return ALL.stream().filter(key -> key.in() == in).map(Key::name).toList();
    }

    private static Key key(In in, String name, String type, String unsaid, String doc) {
        return new Key(in, name, type, unsaid, doc);
    }
}
