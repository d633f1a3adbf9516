package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.octavialb.model.kubernetes.ObjectKey;
import java.util.Set;

/** Starts a pass over a Service when somebody says so; one that comes during a pass starts the next. */
final class WakeEventSource extends AbstractEventSource<Void, Service> {
    WakeEventSource() {
        super(Void.class, "wake");
    }

    /** Without effect while nothing runs: every Service gets a pass at the start. */
    void wake(ObjectKey service) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(new ResourceID(service.name(), service.namespace())));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(Service primary) {
        return Set.of();
    }
}
