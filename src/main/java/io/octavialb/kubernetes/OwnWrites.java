package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells our own writes from other people's changes, so that the watch event of a write starts no pass.
 *
 * <p>An event of ours has the {@code resourceVersion} that the write was answered with. One that comes before the answer
 * is known by the Service's own parts, which are noted before each write. Any other change of our parts, also one back
 * to what we wrote earlier, is somebody else's; so is anything outside them.
 */
final class OwnWrites {
    private static final class Writes {
        /** What the Service's own parts will be after the write that is not answered yet. */
        private @Nullable OwnParts sent;
        /** Resource versions that writes were answered with, and whose events may be still to come. */
        private final Set<Long> answered = new HashSet<>();
    }

    private final Map<String, Writes> writes = new HashMap<>();

    /** Notes a write that is about to be sent; there is one at a time for each Service. */
    synchronized void expect(String uid, OwnParts parts) {
        writes.computeIfAbsent(uid, _ -> new Writes()).sent = parts;
    }

    /** The write was refused: no event will come of it. */
    synchronized void refused(String uid) {
        Writes ours = writes.get(uid);
        if (ours != null) {
            ours.sent = null;
        }
    }

    /** @param answer the Service with the write, however the API server kept it */
    synchronized void answered(Service answer) {
        Writes ours = writes.get(answer.getMetadata().getUid());
        if (ours != null) {
            ours.sent = null;
            ours.answered.add(version(answer));
        }
    }

    synchronized void forget(String uid) {
        writes.remove(uid);
    }

    /** Whether the event that took the Service from {@code before} to {@code after} is worth a pass. */
    synchronized boolean isNews(Service before, Service after) {
        var was = Conversion.service(before);
        var is = Conversion.service(after);
        boolean ours = seen(after, OwnParts.of(after));
        if (!Inputs.of(was).equals(Inputs.of(is))) {
            return true;
        }
        return !ours && !OwnParts.of(before).equals(OwnParts.of(after));
    }

    /** The events of one object come in order: what was answered with an earlier version is over. */
    private boolean seen(Service service, OwnParts parts) {
        Writes ours = writes.get(service.getMetadata().getUid());
        if (ours == null) {
            return false;
        }
        long version = version(service);
        boolean answered = ours.answered.contains(version);
        ours.answered.removeIf(earlier -> earlier <= version);
        if (answered) {
            return true;
        }
        boolean sent = ours.sent != null && ours.sent.keptAs(parts);
        if (sent) {
            ours.sent = null;
        }
        return sent;
    }

    /** Resource versions are increasing numbers; one that is not counts as older than every other. */
    static long version(Service service) {
        try {
            return Long.parseLong(service.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
