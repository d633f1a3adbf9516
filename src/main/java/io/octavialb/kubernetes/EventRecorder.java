package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes core/v1 Events about Services; a repeated one raises the count of the first.
 *
 * <p>An event's name follows from what it says and about which Service, so that the same event is found again after a
 * restart without the right to read events.
 *
 * <p>An event that can't be written is logged and lost: events inform people, nothing depends on them.
 */
final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String SOURCE = "service-controller";
    private static final int REMEMBERED = 4096;
    private static final int LONGEST_MESSAGE = 1024;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final FieldManager manager;
    private final InstantSource clock;
    private final Map<Key, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Key(String uid, ServiceEvent event) {
        private String name(Service service) {
            String says = String.join("\n", uid, event.type().name(), event.reason(), event.message());
            return service.getMetadata().getName() + "."
                    + UUID.nameUUIDFromBytes(says.getBytes(StandardCharsets.UTF_8));
        }
    }

    EventRecorder(KubernetesClient client, FieldManager manager, InstantSource clock) {
        this.client = client;
        this.manager = manager;
        this.clock = clock;
    }

    void record(Service service, ServiceEvent event) {
        ServiceEvent cut = new ServiceEvent(event.type(), event.reason(), cut(event.message()));
        LOG.debug(
                "{}/{}: {} {}: {}",
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                cut.type(),
                cut.reason(),
                cut.message());
        try {
            Key key = new Key(service.getMetadata().getUid(), cut);
            Integer count = count(key);
            if (count == null || !repeated(service, key, count + 1)) {
                created(service, key);
            }
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "{}/{}: event {} could not be written: {}",
                    service.getMetadata().getNamespace(),
                    service.getMetadata().getName(),
                    cut.reason(),
                    ApiFailure.words(e));
        }
    }

    /** False when the event has expired meanwhile. */
    private boolean repeated(Service service, Key key, int count) {
        try {
            patch(service, key, "{\"count\":" + count + ",\"lastTimestamp\":\"" + now() + "\"}");
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
        remember(key, count);
        return true;
    }

    private void created(Service service, Key key) {
        try {
            client.resource(event(service, key)).create();
            remember(key, 1);
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
            // Written by the process before this one; the answer to a patch is the only way to learn its count.
            Event present = patch(service, key, "{\"lastTimestamp\":\"" + now() + "\"}");
            repeated(service, key, Objects.requireNonNullElse(present.getCount(), 1) + 1);
        }
    }

    private Event patch(Service service, Key key, String patch) {
        return client.resource(named(service.getMetadata().getNamespace(), key.name(service)))
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(manager.name())
                                .build(),
                        patch);
    }

    /** Given an object, the client sends a patch without reading the object first. */
    private static Event named(String namespace, String name) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
    }

    private Event event(Service service, Key key) {
        ObjectMeta about = service.getMetadata();
        ServiceEvent event = key.event();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getNamespace())
                .withName(key.name(service))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Service")
                .withNamespace(about.getNamespace())
                .withName(about.getName())
                .withUid(about.getUid())
                .withResourceVersion(about.getResourceVersion())
                .endInvolvedObject()
                .withType(event.type().name())
                .withReason(event.reason())
                .withMessage(event.message())
                .withNewSource()
                .withComponent(SOURCE)
                .endSource()
                .withReportingComponent(SOURCE)
                .withReportingInstance("")
                .withCount(1)
                .withFirstTimestamp(now())
                .withLastTimestamp(now())
                .build();
    }

    private String now() {
        return Objects.toString(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private @Nullable Integer count(Key key) {
        synchronized (counts) {
            return counts.get(key);
        }
    }

    private void remember(Key key, int count) {
        synchronized (counts) {
            counts.put(key, count);
        }
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
