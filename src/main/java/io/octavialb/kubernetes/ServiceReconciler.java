package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.reconcile.PassPermits;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives Services to {@link ServicePass}: as many side by side as is allowed, and again when the pass says. */
final class ServiceReconciler implements Reconciler<Service> {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceReconciler.class);
    private static final int NOT_FOUND = 404;

    private final ServicePass pass;
    private final Schedule schedule;
    private final PassPermits permits;
    private final WakeEventSource wakes;
    private @Nullable IndexedResourceCache<Service> services;
    private volatile boolean closing;

    ServiceReconciler(ServicePass pass, Schedule schedule, int concurrentSyncs, WakeEventSource wakes) {
        this.pass = pass;
        this.schedule = schedule;
        this.permits = new PassPermits(concurrentSyncs);
        this.wakes = wakes;
    }

    @Override
    public List<EventSource<?, Service>> prepareEventSources(EventSourceContext<Service> context) {
        services = context.getPrimaryCache();
        return List.of(wakes);
    }

    /** No further pass begins: those that wait for their turn would run beside the next leader's. */
    void closing() {
        closing = true;
    }

    /** Starts a pass over every Service that is served. */
    void wakeAll() {
        wake(_ -> true);
    }

    /** Starts a pass over each that is served and whose annotation names the load balancer, besides one. */
    void wakeOthers(String loadBalancerId, ObjectKey besides) {
        wake(service ->
                loadBalancerId.equals(service.getMetadata().getAnnotations().get(ServiceOptions.LOAD_BALANCER_ID_KEY))
                        && !key(service).equals(besides));
    }

    private void wake(Predicate<Service> wanted) {
        if (services != null) {
            services.list(service -> wanted.test(service) && pass.serves(service))
                    .map(ServiceReconciler::key)
                    .forEach(wakes::wake);
        }
    }

    @Override
    public UpdateControl<Service> reconcile(Service watched, Context<Service> context) throws InterruptedException {
        String uid = watched.getMetadata().getUid();
        if (context.isPrimaryResourceDeleted()) {
            pass.forget(watched);
            schedule.forget(uid);
            return UpdateControl.noUpdate();
        }
        return permits.during(() -> closing ? UpdateControl.noUpdate() : schedule.control(uid, over(watched)));
    }

    private NextPass over(Service watched) {
        try {
            return pass.over(watched);
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return new NextPass.Never();
            }
            return brokenOff(watched, e);
        } catch (RuntimeException e) {
            return brokenOff(watched, e);
        }
    }

    private static NextPass brokenOff(Service watched, RuntimeException failure) {
        LOG.warn("{}: the pass broke off, it is tried again", key(watched), failure);
        return new NextPass.Retry();
    }

    private static ObjectKey key(Service service) {
        return new ObjectKey(
                service.getMetadata().getNamespace(), service.getMetadata().getName());
    }
}
