package io.octavialb.kubernetes;

import static io.octavialb.kubernetes.Json.json;

import com.google.common.base.Strings;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Outcome.Identity;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.openstack.Tenure;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the parts of a Service that are ours; each method returns the Service as the API server answered it.
 *
 * <p>The finalizer list is shared, so it is written as JSON Patch (RFC 6902) for the {@code resourceVersion} read, and
 * needs a fresh read when that fails. Annotations and the load balancer's status are ours alone and written as merge patch
 * (RFC 7396, strategic for the status: the list of conditions is shared) of just those keys, for exactly the object we
 * mean: another {@code metadata.uid} is answered 409. A replica whose Lease has ended writes nothing.
 */
final class ServiceWrites {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceWrites.class);
    private static final int FINALIZER_TRIES = 5;
    private static final int CONFLICT = 409;
    /** What a JSON Patch is answered that can't be applied to the object as it is now. */
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final FieldManager manager;
    private final OwnWrites ownWrites;
    private final Tenure tenure;
    private final InstantSource clock;
    private final Map<String, Service> answers = new ConcurrentHashMap<>();

    ServiceWrites(
            KubernetesClient client, FieldManager manager, OwnWrites ownWrites, Tenure tenure, InstantSource clock) {
        this.client = client;
        this.manager = manager;
        this.ownWrites = ownWrites;
        this.tenure = tenure;
        this.clock = clock;
    }

    /** The Service as last seen: from the watch, or from our last write or read where the watch has not caught up with it. */
    Service latest(Service watched) {
        String uid = watched.getMetadata().getUid();
        Service answer = answers.get(uid);
        if (answer != null && OwnWrites.version(answer) > OwnWrites.version(watched)) {
            return answer;
        }
        answers.remove(uid);
        return watched;
    }

    void forget(String uid) {
        answers.remove(uid);
        ownWrites.forget(uid);
    }

    /** Empty if the Service has changed since it was read, perhaps so that it needs none; it is {@link #latest} now. */
    Optional<Service> addFinalizer(Service service) {
        Optional<String> patch = FinalizerPatch.add(service.getMetadata());
        if (patch.isEmpty()) {
            return Optional.of(service);
        }
        try {
            return Optional.of(patched(service, patch.get(), parts -> parts.withFinalizer(true)));
        } catch (KubernetesClientException e) {
            changed(service, e);
            return Optional.empty();
        }
    }

    /** Removes our annotations and the finalizer, in one request. */
    Service letGo(Service service) {
        Service current = service;
        for (int tries = 1; ; tries++) {
            Optional<String> patch = FinalizerPatch.remove(current.getMetadata());
            if (patch.isEmpty()) {
                return current;
            }
            try {
                return patched(
                        current,
                        patch.get(),
                        parts -> parts.withAnnotations(null, null, null, null).withFinalizer(false));
            } catch (KubernetesClientException e) {
                if (tries == FINALIZER_TRIES) {
                    throw e;
                }
                current = changed(current, e);
            }
        }
    }

    private Service patched(Service service, String patch, UnaryOperator<OwnParts> change) {
        return write(service, change, resource -> resource.patch(context(PatchType.JSON), patch));
    }

    /**
     * The Service as it is now, if that is why the patch was refused.
     *
     * @throws KubernetesClientException the refusal, if the Service is the same, is gone, or another has its name now
     */
    private Service changed(Service service, KubernetesClientException refusal) {
        if (refusal.getCode() != CONFLICT && refusal.getCode() != UNPROCESSABLE) {
            throw refusal;
        }
        ObjectMeta before = service.getMetadata();
        Service now = resource(service).get();
        if (now == null
                || !Objects.equals(now.getMetadata().getUid(), before.getUid())
                || Objects.equals(now.getMetadata().getResourceVersion(), before.getResourceVersion())) {
            throw refusal;
        }
        answers.put(before.getUid(), now);
        return now;
    }

    /** Publishes which load balancer serves the Service; an address that is not known yet erases none. */
    Service publish(Service service, Identity identity) {
        OwnParts present = OwnParts.of(service);
        String address = identity.address() == null ? present.address() : identity.address();
        String vip = identity.vipAddress() == null ? present.vipAddress() : Strings.emptyToNull(identity.vipAddress());
        Map<String, @Nullable String> changed = new LinkedHashMap<>();
        if (!identity.loadBalancerId().equals(present.loadBalancerId())) {
            changed.put(ServiceOptions.LOAD_BALANCER_ID_KEY, identity.loadBalancerId());
        }
        if (address != null && !address.equals(present.address())) {
            changed.put(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, address);
        }
        if (!Objects.equals(vip, present.vipAddress())) {
            changed.put(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY, vip);
        }
        String record = identity.record().text();
        if (!record.equals(present.record())) {
            changed.put(ServiceOptions.LOAD_BALANCER_RECORD_KEY, record);
        }
        if (changed.isEmpty()) {
            return service;
        }
        String body =
                json(Map.of("metadata", Map.of("uid", service.getMetadata().getUid(), "annotations", changed)));
        return write(
                service,
                parts -> parts.withAnnotations(identity.loadBalancerId(), address, vip, record),
                resource -> resource.patch(context(PatchType.JSON_MERGE), body));
    }

    /**
     * Replaces {@code status.loadBalancer.ingress} and our condition, and nothing else of the status.
     *
     * @param ingress null: it stays; an empty list removes it
     * @param condition null: it stays
     * @return empty if the condition is still to be written; one that is refused for good is not
     */
    Optional<Service> status(Service service, @Nullable List<Ingress> ingress, @Nullable ReadyCondition condition) {
        OwnParts present = OwnParts.of(service);
        return status(
                service,
                present,
                present.withStatus(
                        ingress == null ? present.ingress() : ingress,
                        condition == null
                                ? present.condition()
                                : condition.observing(service).after(present.condition())));
    }

    /** Removes {@code status.loadBalancer.ingress} and our condition; empty if the condition is still to be removed. */
    Optional<Service> withoutStatus(Service service) {
        OwnParts present = OwnParts.of(service);
        return status(service, present, present.withStatus(List.of(), null));
    }

    private Optional<Service> status(Service service, OwnParts present, OwnParts wanted) {
        Map<String, Object> status = new LinkedHashMap<>();
        if (!Objects.equals(wanted.condition(), present.condition())) {
            ReadyCondition condition = wanted.condition();
            status.put(
                    "conditions",
                    List.of(condition == null ? ReadyCondition.removal() : condition.patch(service, clock.instant())));
        }
        boolean ingressStays = OwnParts.keptAs(wanted.ingress(), present.ingress());
        if (!ingressStays) {
            status.put("loadBalancer", loadBalancer(wanted.ingress()));
        }
        if (status.isEmpty()) {
            return Optional.of(service);
        }
        String body =
                json(Map.of("metadata", Map.of("uid", service.getMetadata().getUid()), "status", status));
        try {
            return Optional.of(write(
                    service,
                    _ -> wanted,
                    resource -> resource.subresource("status").patch(context(PatchType.STRATEGIC_MERGE), body)));
        } catch (KubernetesClientException e) {
            if (!ingressStays) {
                throw e;
            }
            LOG.warn(
                    "{}: its condition was not written: {}",
                    service.getMetadata().getName(),
                    ApiFailure.words(e));
            return ApiFailure.mayPass(e) ? Optional.empty() : Optional.of(service);
        }
    }

    private static Map<String, @Nullable Object> loadBalancer(List<Ingress> ingress) {
        Map<String, @Nullable Object> loadBalancer = new LinkedHashMap<>();
        loadBalancer.put(
                "ingress",
                ingress.isEmpty()
                        ? null
                        : ingress.stream().map(ServiceWrites::entry).toList());
        return loadBalancer;
    }

    private static Map<String, String> entry(Ingress ingress) {
        Map<String, String> entry = new LinkedHashMap<>();
        putIfPresent(entry, "ip", ingress.ip());
        putIfPresent(entry, "hostname", ingress.hostname());
        putIfPresent(entry, "ipMode", ingress.ipMode());
        return entry;
    }

    private static void putIfPresent(Map<String, String> entry, String key, @Nullable String value) {
        if (value != null) {
            entry.put(key, value);
        }
    }

    private interface Write {
        /** Null if the object went away with the write and the server answered nothing. */
        @Nullable
        Service send(Resource<Service> resource);
    }

    private Service write(Service service, UnaryOperator<OwnParts> change, Write write) {
        if (!tenure.allowsStart()) {
            throw new IllegalStateException("nothing is written: the Lease of this replica has ended");
        }
        String uid = service.getMetadata().getUid();
        ownWrites.expect(uid, change.apply(OwnParts.of(service)));
        try {
            Service answer = Objects.requireNonNullElse(write.send(resource(service)), service);
            ownWrites.answered(answer);
            answers.put(uid, answer);
            return answer;
        } catch (KubernetesClientException e) {
            ownWrites.refused(uid);
            throw e;
        }
    }

    /** Given the object, the client sends a patch without reading the object first. */
    private Resource<Service> resource(Service service) {
        return client.resource(service);
    }

    private PatchContext context(PatchType type) {
        return new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager(manager.name())
                .build();
    }
}
