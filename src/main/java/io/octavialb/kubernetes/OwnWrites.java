package io.octavialb.kubernetes;

import io.octavialb.model.kubernetes.Service;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells our own writes from other people's changes, so that the watch event of a write starts no pass.
 *
 * <p>Before each write it notes what the Service's own parts will be; the events of one object arrive in order, so an
 * event that shows a noted state was ours and makes the states noted before it obsolete. A state that is not noted,
 * also one that we wrote earlier and have seen already, is somebody else's change; so is anything outside our parts.
 */
final class OwnWrites {
    private final Map<String, Deque<OwnParts>> expected = new HashMap<>();

    /** Notes a write that is about to be sent. */
    synchronized void expect(String uid, OwnParts parts) {
        expected.computeIfAbsent(uid, _ -> new ArrayDeque<>()).addLast(parts);
    }

    /** The write was refused: no event will come of it. */
    synchronized void refused(String uid, OwnParts parts) {
        Deque<OwnParts> states = expected.get(uid);
        if (states != null) {
            states.removeLastOccurrence(parts);
        }
    }

    /** The write changed nothing or was kept differently than sent. */
    synchronized void answered(String uid, OwnParts sent, OwnParts kept) {
        Deque<OwnParts> states = expected.get(uid);
        if (states != null && !sent.keptAs(kept) && states.removeLastOccurrence(sent)) {
            states.addLast(kept);
        }
    }

    synchronized void forget(String uid) {
        expected.remove(uid);
    }

    /** Whether the event that took the Service from {@code before} to {@code after} is worth a pass. */
    synchronized boolean isNews(Service before, Service after) {
        boolean ours = seen(after.uid(), OwnParts.of(after));
        if (!Inputs.of(before).equals(Inputs.of(after))) {
            return true;
        }
        return !ours && !OwnParts.of(before).equals(OwnParts.of(after));
    }

    private boolean seen(String uid, OwnParts parts) {
        Deque<OwnParts> states = expected.getOrDefault(uid, new ArrayDeque<>());
        if (states.stream().noneMatch(state -> state.keptAs(parts))) {
            return false;
        }
        boolean found = false;
        while (!found) {
            found = states.removeFirst().keptAs(parts);
        }
        return true;
    }
}
