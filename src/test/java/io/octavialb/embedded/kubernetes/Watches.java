package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.embedded.kubernetes.ApiRequest.Target;
import io.octavialb.embedded.kubernetes.ObjectStore.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells watchers of changes, from the resource version they name as far back as changes are remembered. */
final class Watches {
    private static final int REMEMBERED = 1000;

    /** The way to a watcher. */
    interface Stream {
        void send(String event);

        void end();
    }

    private record Watch(Target target, Predicate<JsonNode> selector, Tables.Form form, Stream stream) {
        private Optional<String> event(Change change) {
            boolean was = matches(change.before());
            boolean is = matches(change.after());
            if (!was && !is) {
                return Optional.empty();
            }
            return Optional.of(event(was && is ? "MODIFIED" : is ? "ADDED" : "DELETED", change.last()));
        }

        private boolean matches(@Nullable ObjectNode object) {
            return object != null && selector.test(object);
        }

        private boolean concerns(Change change) {
            return change.type().equals(target.type())
                    && (target.namespace().isEmpty()
                            || target.namespace().equals(Json.text(change.last(), "metadata.namespace")))
                    && (target.name().isEmpty() || target.name().equals(Json.text(change.last(), "metadata.name")));
        }

        private String event(String type, ObjectNode object) {
            ObjectNode event = Json.object().put("type", type);
            event.set("object", form.one(target.type(), object));
            return event.toString();
        }
    }

    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Watch> open = new CopyOnWriteArrayList<>();
    private long forgotten = 1;

    synchronized void changed(Change change) {
        history.addLast(change);
        if (history.size() > REMEMBERED) {
            forgotten = history.removeFirst().resourceVersion();
        }
        for (Watch watch : open) {
            send(watch, change);
        }
    }

    private static void send(Watch watch, Change change) {
        if (watch.concerns(change)) {
            watch.event(change).ifPresent(watch.stream::send);
        }
    }

    /** @throws ApiException 410 if changes after the resource version are forgotten, 400 if it is no number */
    void check(ApiRequest request) {
        long from = from(request);
        synchronized (this) {
            if (from != 0 && from < forgotten) {
                throw ApiException.expired();
            }
        }
    }

    private static long from(ApiRequest request) {
        String version = request.parameter("resourceVersion");
        try {
            return version.isEmpty() ? 0 : Long.parseLong(version);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("invalid resource version " + Json.quoted(version));
        }
    }

    /** Begins with the objects there are, if no resource version is named. The answer ends the watch. */
    synchronized Runnable open(ApiRequest request, Target target, ObjectStore store, Stream stream) {
        Watch watch = new Watch(target, Selectors.of(request, target.type()), Tables.Form.of(request), stream);
        long from = from(request);
        if (from == 0) {
            store.list(target.type(), target.namespace()).stream()
                    .filter(object ->
                            target.name().isEmpty() || target.name().equals(Json.text(object, "metadata.name")))
                    .filter(watch.selector)
                    .forEach(object -> stream.send(watch.event("ADDED", object)));
        } else {
            history.stream().filter(change -> change.resourceVersion() > from).forEach(change -> send(watch, change));
        }
        open.add(watch);
        return () -> open.remove(watch);
    }

    /** Every watch ends with an event of 410, after which its client has to list anew. */
    synchronized void expire() {
        ObjectNode event = Json.object().put("type", "ERROR");
        event.set("object", ApiException.expired().status());
        for (Watch watch : open) {
            watch.stream.send(event.toString());
            watch.stream.end();
        }
        open.clear();
    }

    int count() {
        return open.size();
    }
}
