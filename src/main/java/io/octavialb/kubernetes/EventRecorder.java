package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes core/v1 Events about Services; a repeated one raises the count of the first.
 *
 * <p>An event that can't be written is logged and lost: events inform people, nothing depends on them.
 */
final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String SOURCE = "service-controller";
    private static final int REMEMBERED = 4096;
    private static final int LONGEST_MESSAGE = 1024;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final FieldManager manager;
    private final InstantSource clock;
    private final Map<Key, Written> written = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Written> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Key(String uid, ServiceEvent event) {}

    private record Written(String name, int count) {}

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
            Written before = written(key);
            if (before == null || !repeated(service, key, before)) {
                created(service, key);
            }
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "{}/{}: event {} could not be written: {}",
                    service.getMetadata().getNamespace(),
                    service.getMetadata().getName(),
                    cut.reason(),
                    e.getMessage());
        }
    }

    /** False when the event has expired meanwhile. */
    private boolean repeated(Service service, Key key, Written before) {
        int count = before.count() + 1;
        String patch = "{\"count\":" + count + ",\"lastTimestamp\":\"" + now() + "\"}";
        try {
            client.resource(named(service.getMetadata().getNamespace(), before.name()))
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withFieldManager(manager.name())
                                    .build(),
                            patch);
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
        remember(key, new Written(before.name(), count));
        return true;
    }

    private void created(Service service, Key key) {
        Event event = event(service, key.event());
        client.v1()
                .events()
                .inNamespace(event.getMetadata().getNamespace())
                .resource(event)
                .create();
        remember(key, new Written(event.getMetadata().getName(), 1));
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

    private Event event(Service service, ServiceEvent event) {
        ObjectMeta about = service.getMetadata();
        Instant now = clock.instant();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getNamespace())
                .withName(about.getName() + "."
                        + Long.toHexString(now.getEpochSecond() * 1_000_000_000L + now.getNano())
                        + Integer.toHexString(event.hashCode() & 0xffff))
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

    private @Nullable Written written(Key key) {
        synchronized (written) {
            return written.get(key);
        }
    }

    private void remember(Key key, Written event) {
        synchronized (written) {
            written.put(key, event);
        }
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
