package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.octavialb.model.kubernetes.Endpoint;
import io.octavialb.model.kubernetes.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps EndpointSlices at hand and tells which Service's changed, of those that were asked for.
 *
 * <p>A big cluster has many of them and few Services whose members are pods, so the watch begins with the first such
 * Service.
 */
final class EndpointWatch implements AutoCloseable {
    /** Label of every EndpointSlice of a Service. */
    static final String SERVICE_NAME = "kubernetes.io/service-name";

    private static final String BY_SERVICE = "service";

    private final KubernetesClient client;
    private final Function<ObjectKey, Debounce> changes;
    private final Map<ObjectKey, Debounce> asked = new ConcurrentHashMap<>();
    private @Nullable SharedIndexInformer<EndpointSlice> informer;

    /** @param changes makes what is told of each change of a Service's pods, and bounds the rate of what follows */
    EndpointWatch(KubernetesClient client, Function<ObjectKey, Debounce> changes) {
        this.client = client;
        this.changes = changes;
    }

    /** Throws what the API server refuses. */
    List<Endpoint> of(ObjectKey service) {
        asked.computeIfAbsent(service, changes);
        return started().getIndexer().byIndex(BY_SERVICE, service.toString()).stream()
                .flatMap(Conversion::endpoints)
                .distinct()
                .toList();
    }

    void forget(ObjectKey service) {
        asked.remove(service);
    }

    synchronized boolean healthy() {
        return informer == null || informer.isWatching();
    }

    private synchronized SharedIndexInformer<EndpointSlice> started() {
        if (informer == null) {
            SharedIndexInformer<EndpointSlice> starting = client.discovery()
                    .v1()
                    .endpointSlices()
                    .inAnyNamespace()
                    .withLabel(SERVICE_NAME)
                    .runnableInformer(0);
            starting.addIndexers(
                    Map.of(BY_SERVICE, slice -> List.of(service(slice).toString())));
            starting.addEventHandler(new Changes());
            starting.run();
            informer = starting;
        }
        return informer;
    }

    @Override
    public synchronized void close() {
        if (informer != null) {
            informer.close();
        }
    }

    private static ObjectKey service(EndpointSlice slice) {
        return new ObjectKey(
                slice.getMetadata().getNamespace(),
                slice.getMetadata().getLabels().getOrDefault(SERVICE_NAME, ""));
    }

    private void update(EndpointSlice slice) {
        Debounce change = asked.get(service(slice));
        if (change != null) {
            change.signal();
        }
    }

    private final class Changes implements ResourceEventHandler<EndpointSlice> {
        @Override
        public void onAdd(EndpointSlice slice) {
            update(slice);
        }

        @Override
        public void onUpdate(EndpointSlice before, EndpointSlice after) {
            boolean same = Conversion.endpoints(before)
                    .toList()
                    .equals(Conversion.endpoints(after).toList());
            if (!same) {
                update(after);
            }
        }

        @Override
        public void onDelete(EndpointSlice slice, boolean finalStateUnknown) {
            update(slice);
        }
    }
}
