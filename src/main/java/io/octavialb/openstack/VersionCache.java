package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.RequestObserver.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Octavia's newest API version, read again every hour.
 *
 * <p>A failing endpoint has it read again too. While it could not be read, nobody is told a version: to guess an old one would drop tags and ACLs. What was read
 * before is not kept for longer than its hour either, for the endpoint may have gone over to another release.
 */
final class VersionCache {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Set<String> ENDPOINT_FAILURES = Set.of("502", "503", "504");
    private static final Pattern VERSION = Pattern.compile("v(2)\\.(\\d{1,4})");

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable OctaviaVersion version;
    private Instant until = Instant.MIN;

    VersionCache(InstantSource clock) {
        this.clock = clock;
    }

    /** The version, read by {@code read} unless it is known. */
    OctaviaVersion version(Supplier<OctaviaVersion> read) {
        lock.lock();
        try {
            OctaviaVersion known = version;
            if (known != null && clock.instant().isBefore(until)) {
                return known;
            }
            OctaviaVersion fresh = read.get();
            version = fresh;
            until = clock.instant().plus(LIFETIME);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /** Has it read again after a failure of the endpoint: what comes up next may be another release. */
    void learn(Attempt attempt) {
        boolean endpointFailed =
                attempt.result().equals(Kind.UNREACHABLE.name()) || ENDPOINT_FAILURES.contains(attempt.result());
        if (!attempt.service().equals(ApiService.OCTAVIA.label()) || !endpointFailed) {
            return;
        }
        lock.lock();
        try {
            until = Instant.MIN;
        } finally {
            lock.unlock();
        }
    }

    /** The newest version 2 of {@code GET /}. */
    static OctaviaVersion newest(JsonNode body) {
        Optional<OctaviaVersion> newest = Optional.empty();
        for (JsonNode entry : body.path("versions")) {
            Matcher matcher = VERSION.matcher(entry.path("id").asText());
            if (matcher.matches()) {
                OctaviaVersion found = new OctaviaVersion(2, Integer.parseInt(matcher.group(2)));
                newest = Optional.of(newest.filter(known -> known.has(found)).orElse(found));
            }
        }
        return newest.orElseThrow(() -> new IllegalArgumentException("no version v2.x is listed"));
    }
}
