package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All that the cloud holds, guarded by one lock: every request is answered while it is held.
 *
 * <p>Rows are the resources as their API shows them, but for what is derived from other rows.
 */
final class CloudState {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    final ReentrantLock lock = new ReentrantLock();
    final Table loadBalancers = new Table();
    final Table listeners = new Table();
    final Table pools = new Table();
    final Table l7Policies = new Table();
    final Table members = new Table();
    final Table healthMonitors = new Table();
    final Table networks = new Table();
    final Table subnets = new Table();
    final Table ports = new Table();
    final Table routers = new Table();
    final Table floatingIps = new Table();
    final Table securityGroups = new Table();
    final Table securityGroupRules = new Table();

    private final InstantSource time;
    private final Random random = new Random(2025);
    private final Map<String, Long> visibleFrom = new HashMap<>();
    private long requests;
    private int visibleLate;

    CloudState(InstantSource time) {
        this.time = time;
    }

    Instant now() {
        return time.instant();
    }

    /** Octavia's form of now, to the second and without a zone. */
    String octaviaNow() {
        return SECONDS.format(now());
    }

    /** Neutron's form of now. */
    String neutronNow() {
        return SECONDS.format(now()) + "Z";
    }

    /** A new id: random, and the same in every run. */
    String newId() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    void requestCame() {
        requests++;
    }

    /** What is created from now on appears in reads only after so many further requests. */
    void visibleLate(int furtherRequests) {
        visibleLate = furtherRequests;
    }

    void created(ObjectNode row) {
        if (visibleLate > 0) {
            visibleFrom.put(row.path("id").textValue(), requests + visibleLate + 1);
        }
    }

    void reveal() {
        visibleFrom.clear();
    }

    boolean visible(ObjectNode row) {
        return visibleFrom.getOrDefault(row.path("id").textValue(), 0L) <= requests;
    }
}
