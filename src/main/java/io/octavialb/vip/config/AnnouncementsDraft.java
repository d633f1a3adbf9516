package io.octavialb.vip.config;

import io.octavialb.vrrp.Announcements;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Announcements as far as they are said; what is not said comes from the next one, and last from the defaults. */
record AnnouncementsDraft(
        @Nullable Integer repeat,
        @Nullable Duration delay,
        @Nullable Duration refresh,
        @Nullable Integer refreshRepeat,
        @Nullable Duration spacing,
        @Nullable Integer contestedRepeat,
        @Nullable Duration contestedDelay) {
    /** Announcements of a row: more than any switch needs, and few enough to be sent at once. */
    static final int MOST = 1_000;

    /** Between two refreshes, for an agent that is to do something else, too. */
    static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);

    static final AnnouncementsDraft NOTHING = new AnnouncementsDraft(null, null, null, null, null, null, null);

    AnnouncementsDraft withRepeat(int value) {
        return new AnnouncementsDraft(value, delay, refresh, refreshRepeat, spacing, contestedRepeat, contestedDelay);
    }

    AnnouncementsDraft withDelay(Duration value) {
        return new AnnouncementsDraft(repeat, value, refresh, refreshRepeat, spacing, contestedRepeat, contestedDelay);
    }

    AnnouncementsDraft withRefresh(Duration value) {
        return new AnnouncementsDraft(repeat, delay, value, refreshRepeat, spacing, contestedRepeat, contestedDelay);
    }

    AnnouncementsDraft withRefreshRepeat(int value) {
        return new AnnouncementsDraft(repeat, delay, refresh, value, spacing, contestedRepeat, contestedDelay);
    }

    AnnouncementsDraft withSpacing(Duration value) {
        return new AnnouncementsDraft(repeat, delay, refresh, refreshRepeat, value, contestedRepeat, contestedDelay);
    }

    AnnouncementsDraft withContestedRepeat(int value) {
        return new AnnouncementsDraft(repeat, delay, refresh, refreshRepeat, spacing, value, contestedDelay);
    }

    AnnouncementsDraft withContestedDelay(Duration value) {
        return new AnnouncementsDraft(repeat, delay, refresh, refreshRepeat, spacing, contestedRepeat, value);
    }

    AnnouncementsDraft or(AnnouncementsDraft other) {
        return new AnnouncementsDraft(
                first(repeat, other.repeat),
                first(delay, other.delay),
                first(refresh, other.refresh),
                first(refreshRepeat, other.refreshRepeat),
                first(spacing, other.spacing),
                first(contestedRepeat, other.contestedRepeat),
                first(contestedDelay, other.contestedDelay));
    }

    /** None at all is possible, too. */
    static boolean isPossibleRefresh(Duration refresh) {
        return refresh.isZero() || refresh.compareTo(SHORTEST_REFRESH) >= 0;
    }

    /** After a contest as many as at the beginning, unless said (as keepalived has it). */
    Announcements settled() {
        Announcements unsaid = Announcements.DEFAULT;
        int atFirst = repeat == null ? unsaid.repeat() : repeat;
        return new Announcements(
                atFirst,
                nanos(delay, unsaid.delayNanos()),
                nanos(refresh, unsaid.refreshNanos()),
                refreshRepeat == null ? unsaid.refreshRepeat() : refreshRepeat,
                nanos(spacing, unsaid.spacingNanos()),
                contestedRepeat == null ? atFirst : contestedRepeat,
                nanos(contestedDelay, unsaid.contestedDelayNanos()));
    }

    private static long nanos(@Nullable Duration said, long unsaid) {
        return said == null ? unsaid : said.toNanos();
    }

    private static <T> @Nullable T first(@Nullable T said, @Nullable T fallback) {
        return said == null ? fallback : said;
    }
}
