package io.octavialb.crash;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What happens at one call. */
@SuppressWarnings("ImmutableEnumChecker") // Predicates and treatments here hold nothing that changes.
enum Mode {
    /** The controller is stopped before the call. */
    BEFORE("before", Kind.STOP, _ -> true, Treatment.CUT),
    /** It is stopped after it, without its answer. */
    LOST("lost", Kind.STOP, _ -> true, Treatment.ANSWER_LOST),
    /** It is stopped after it, with its answer: nothing that it does next arrives. */
    KEPT("kept", Kind.STOP, _ -> true, Treatment.ANSWERED),
    /** As {@link #LOST}, and what was created is seen only after the next controller has looked for it. */
    LATE("late", Kind.STOP, Mode::createsInCloud, Treatment.ANSWER_LOST),

    CONNECTION_LOST("cut", Kind.ONCE, _ -> true, Treatment.CUT),
    ANSWER_LOST("answer-lost", Kind.ONCE, _ -> true, Treatment.ANSWER_LOST),
    CONFLICT("409", Kind.ONCE, Mode::conflicts, refused(409, "the resource is in another state")),
    TOO_MANY("429", Kind.ONCE, Mode::cloud, refused(429, "slow down", "0")),
    TOO_MANY_FOR_LONG("429-for-an-hour", Kind.ONCE, Mode::cloud, refused(429, "slow down", "3600")),
    SERVER_ERROR("500", Kind.ONCE, _ -> true, refused(500, "Internal Server Error")),
    UNAVAILABLE("503", Kind.ONCE, _ -> true, refused(503, "Service Unavailable", "0")),
    QUOTA("quota", Kind.ONCE, Mode::createsInCloud, refused(403, "Quota has been met for resources")),
    TRUNCATED("truncated", Kind.ONCE, Mode::cloud, new Treatment.Truncated()),
    TIME_OUT("time-out", Kind.ONCE, call -> cloud(call) && call.changes(), new Treatment.Silent()),
    TOKEN_EXPIRED("401", Kind.TOKEN, call -> cloud(call) && call.side() != Call.Side.KEYSTONE, Treatment.ANSWERED),

    AWAY("while-cut", Kind.WHILE, Call::changes, Treatment.CUT),
    CONFLICT_WHILE(
            "while-409", Kind.WHILE, call -> call.changes() && conflicts(call), refused(409, "in another state")),
    TOO_MANY_WHILE("while-429", Kind.WHILE, call -> call.changes() && cloud(call), refused(429, "slow down", "0")),
    SERVER_ERROR_WHILE("while-500", Kind.WHILE, Call::changes, refused(500, "Internal Server Error")),
    UNAVAILABLE_WHILE("while-503", Kind.WHILE, Call::changes, refused(503, "Service Unavailable")),
    QUOTA_WHILE("while-quota", Kind.WHILE, Mode::createsInCloud, refused(403, "Quota has been met for resources")),

    /** The load balancer stays PENDING for long. */
    STUCK("stuck-pending", Kind.STUCK, Mode::changesLoadBalancer, Treatment.ANSWERED),
    /** The load balancer comes to ERROR; later the operator's failover makes it ACTIVE again. */
    ERROR("error", Kind.ERROR, Mode::changesLoadBalancer, Treatment.ANSWERED);

    /** For how long, and whether the controller lives on. */
    enum Kind {
        STOP,
        ONCE,
        /** For all calls to the same API, until three passes have ended. */
        WHILE,
        TOKEN,
        STUCK,
        ERROR
    }

    private final String word;
    private final Kind kind;
    private final Predicate<Call> at;
    private final Treatment treatment;

    Mode(String word, Kind kind, Predicate<Call> at, Treatment treatment) {
        this.word = word;
        this.kind = kind;
        this.at = at;
        this.treatment = treatment;
    }

    String word() {
        return word;
    }

    Kind kind() {
        return kind;
    }

    Treatment treatment() {
        return treatment;
    }

    boolean at(Call call) {
        return at.test(call);
    }

    static Mode of(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no mode '" + word + "'; there are "
                        + Arrays.stream(values()).map(Mode::word).toList()));
    }

    static List<Mode> all() {
        return List.of(values());
    }

    private static boolean cloud(Call call) {
        return call.side() != Call.Side.KUBERNETES;
    }

    private static boolean createsInCloud(Call call) {
        return cloud(call) && call.creates();
    }

    private static boolean changesLoadBalancer(Call call) {
        return call.side() == Call.Side.OCTAVIA && call.changes();
    }

    private static boolean conflicts(Call call) {
        return call.changes();
    }

    private static Treatment refused(int status, String text) {
        return new Treatment.Refused(status, Map.of(), "{\"faultstring\": \"" + text + "\"}");
    }

    private static Treatment refused(int status, String text, String retryAfter) {
        return new Treatment.Refused(status, Map.of("Retry-After", retryAfter), "{\"faultstring\": \"" + text + "\"}");
    }
}
