package io.octavialb.netns;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Echo requests in the order of sending and their answers, times in nanoseconds since the epoch. */
final class ProbeRecord {
    private final long[] sent;
    private final long[] answered;
    private final long[] answerer;

    /**
     * Takes the arrays over.
     *
     * @param sent when each request was sent
     * @param answered when its answer arrived; 0 is not yet
     * @param answerer hardware address its answer came from
     */
    ProbeRecord(long[] sent, long[] answered, long[] answerer) {
        this.sent = sent;
        this.answered = answered;
        this.answerer = answerer;
    }

    int requests() {
        return sent.length;
    }

    /** Time without any answer, between two answers that came one after the other. */
    record Gap(long from, long to) {
        long length() {
            return to - from;
        }
    }

    /** The outage: the longest time between two answers; it begins at the last answer before it. */
    Gap longestGap() {
        long[] times = times();
        if (times.length < 2) {
            throw new IllegalStateException("the client had no answers: " + sent.length + " requests");
        }
        Gap longest = new Gap(times[0], times[0]);
        for (int i = 1; i < times.length; i++) {
            if (times[i] - times[i - 1] > longest.length()) {
                longest = new Gap(times[i - 1], times[i]);
            }
        }
        return longest;
    }

    /** Gaps at least that long. */
    List<Gap> gaps(long atLeast) {
        long[] times = times();
        var gaps = new ArrayList<Gap>();
        for (int i = 1; i < times.length; i++) {
            if (times[i] - times[i - 1] >= atLeast) {
                gaps.add(new Gap(times[i - 1], times[i]));
            }
        }
        return gaps;
    }

    private long[] times() {
        return LongStream.of(answered).filter(time -> time != 0).sorted().toArray();
    }

    /** Requests that nobody answered. */
    long lost() {
        return LongStream.of(answered).filter(time -> time == 0).count();
    }

    /** When the first answer of that host arrived. */
    OptionalLong firstAnswerOf(Host host) {
        return IntStream.range(0, sent.length)
                .filter(i -> answered[i] != 0 && answerer[i] == host.mac())
                .mapToLong(i -> answered[i])
                .min();
    }

    /** Whether the newest answers, that many, are all of that host. */
    boolean settledOn(Host host, int answers) {
        int seen = 0;
        for (int i = sent.length - 1; i >= 0 && seen < answers; i--) {
            if (answered[i] != 0) {
                if (answerer[i] != host.mac()) {
                    return false;
                }
                seen++;
            }
        }
        return seen == answers;
    }
}
