package io.octavialb.vip;

import io.octavialb.vrrp.Action;
import io.octavialb.vrrp.IpAddress;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator what happened to an instance beside its changes of role. Each is counted; the log has one of a kind in a while, for
 * some come with every advertisement.
 */
final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    /** In nanoseconds, between lines that say the same. */
    private static final long QUIET = 10_000_000_000L;

    private final AgentMetrics metrics;
    private final Map<Action.Notice, Long> logged = new EnumMap<>(Action.Notice.class);

    Notices(AgentMetrics metrics) {
        this.metrics = metrics;
    }

    void noticed(String instance, Action.Notice notice, IpAddress source) {
        metrics.notice(instance, notice);
        long now = System.nanoTime();
        Long before = logged.get(notice);
        if (before == null || now - before > QUIET) {
            logged.put(notice, now);
            LOG.warn("{}: {}", instance, text(notice, source));
        }
    }

    private static String text(Action.Notice notice, IpAddress source) {
        return switch (notice) {
            case CONTESTED -> source + " advertises a lower priority: announced the addresses again";
            case STALLED -> "this process did not run for longer than its timers allow";
            case ADDRESS_LOST -> "somebody removed a virtual address: put it on again";
        };
    }
}
