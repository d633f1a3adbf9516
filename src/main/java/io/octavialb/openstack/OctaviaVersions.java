package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.model.OctaviaVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API version that Octavia's root lists, read hourly and after Octavia was out of order, as upgrades show.
 *
 * <p>A version that is known stays known while it can't be read again; one that is not known is never guessed.
 */
final class OctaviaVersions {
    private static final Logger LOG = LoggerFactory.getLogger(OctaviaVersions.class);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final ApiRequest ROOT = ApiRequest.get("/", List.of(), Query.NONE);
    private static final Pattern ID = Pattern.compile("v(2)\\.(\\d{1,4})");

    private final ServiceEndpoint octavia;
    private final InstantSource time;
    private final SharedValue<Known> known;
    private final OctaviaOutages outages;

    private record Known(OctaviaVersion version, Instant until, int outages) {}

    OctaviaVersions(ServiceEndpoint octavia, InstantSource time, OctaviaOutages outages) {
        this.octavia = octavia;
        this.time = time;
        this.outages = outages;
        this.known = new SharedValue<>(
                ROOT,
                this::read,
                it -> it.outages() == outages.count() && time.instant().isBefore(it.until()));
    }

    OctaviaVersion version() {
        return known.get().version();
    }

    private Known read() {
        Known last = known.last();
        try {
            OctaviaVersion version = octavia.call(ROOT, OctaviaVersions::newest);
            return new Known(version, time.instant().plus(FRESH), outages.count());
        } catch (CloudException e) {
            if (last == null) {
                throw e;
            }
            LOG.info("Octavia's version can't be read again, taken to be {} still: {}", last.version(), e.getMessage());
            return new Known(last.version(), time.instant().plus(RETRY), outages.count());
        }
    }

    private static OctaviaVersion newest(Answer answer) {
        JsonNode versions = Json.tree(answer).path("versions");
        return versions.valueStream()
                .map(version -> version(version.path("id").asText()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> ExchangeException.malformed(answer, "it lists no version v2.x of Octavia"));
    }

    private static Optional<OctaviaVersion> version(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches()
                ? Optional.of(new OctaviaVersion(
                        Integer.parseInt(Objects.requireNonNull(matcher.group(1))),
                        Integer.parseInt(Objects.requireNonNull(matcher.group(2)))))
                : Optional.empty();
    }
}
