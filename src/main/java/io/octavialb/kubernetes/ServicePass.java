package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.config.MemberTarget;
import io.octavialb.config.ServiceOptions;
import io.octavialb.kubernetes.FieldManager.Foreign;
import io.octavialb.kubernetes.Reaction.Cause;
import io.octavialb.model.Outcome;
import io.octavialb.reconcile.ServiceReconciliation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over a Service: what has to be done with it, the way through the cloud, and what is written back.
 *
 * <p>The finalizer comes before the first cloud call and goes last, so that no load balancer outlives its Service.
 */
final class ServicePass {
    private static final Logger LOG = LoggerFactory.getLogger(ServicePass.class);

    private final Responsibility responsibility;
    private final FieldManager manager;
    private final ServiceReconciliation reconciliation;
    private final NodeWatch nodes;
    private final EndpointWatch endpoints;
    private final ServiceWrites writes;
    private final EventRecorder events;
    private final Duration driftPeriod;
    private final InstantSource clock;
    private final Instant start;
    private final PassHistory history = new PassHistory();

    ServicePass(
            Responsibility responsibility,
            FieldManager manager,
            ServiceReconciliation reconciliation,
            NodeWatch nodes,
            EndpointWatch endpoints,
            ServiceWrites writes,
            EventRecorder events,
            Duration driftPeriod,
            InstantSource clock) {
        this.responsibility = responsibility;
        this.manager = manager;
        this.reconciliation = reconciliation;
        this.nodes = nodes;
        this.endpoints = endpoints;
        this.writes = writes;
        this.events = events;
        this.driftPeriod = driftPeriod;
        this.clock = clock;
        this.start = clock.instant();
    }

    void forget(Service service) {
        String uid = service.getMetadata().getUid();
        writes.forget(uid);
        history.forget(uid);
        endpoints.forget(Conversion.service(service).key());
    }

    /** Whether nodes matter to the Service. */
    boolean serves(Service service) {
        return duty(service) == Duty.ENSURE;
    }

    private Duty duty(Service service) {
        return responsibility.duty(Conversion.service(service), manager.writer(service));
    }

    NextPass over(Service watched) {
        Service service = writes.latest(watched);
        return switch (duty(service)) {
            case NONE -> {
                endpoints.forget(Conversion.service(service).key());
                yield new NextPass.Never();
            }
            case ENSURE -> contested(service).orElseGet(() -> ensure(service));
            case RELEASE -> contested(service).orElseGet(() -> release(service));
        };
    }

    private Optional<NextPass> contested(Service service) {
        String uid = service.getMetadata().getUid();
        Optional<Foreign> foreign = manager.foreignSince(service, start)
                .filter(other ->
                        other.contestedFor(driftPeriod, clock.instant()).isPositive());
        if (foreign.isEmpty()) {
            history.uncontested(uid);
            return Optional.empty();
        }
        Foreign other = foreign.get();
        if (history.contested(uid, other.manager())) {
            events.record(service, ServiceEvent.anotherController(other.manager()));
        }
        return Optional.of(new NextPass.After(other.contestedFor(driftPeriod, clock.instant())));
    }

    private NextPass ensure(Service service) {
        var before = Conversion.service(service);
        boolean served =
                Responsibility.hasFinalizer(before) && !before.ingress().isEmpty();
        return writes.addFinalizer(service)
                .map(finalized -> ensure(finalized, served))
                .orElse(new NextPass.After(Duration.ZERO));
    }

    /** @param served whether the Service was served already when the pass began */
    private NextPass ensure(Service service, boolean served) {
        var asked = Conversion.service(service);
        PassHistory.Change change = history.change(asked, nodes.version());
        history.begun(asked);
        if (change.newInputs() && !(change.firstSeen() && served)) {
            history.announced(asked);
            events.record(service, ServiceEvent.ENSURING);
        }
        long nodesVersion = nodes.version();
        Outcome outcome = reconciliation.ensure(withPods(asked), nodes.nodes());
        LOG.debug("{}: {}", asked.key(), outcome);
        if (outcome instanceof Outcome.Converged converged && !OwnParts.keptAs(converged.ingress(), asked.ingress())) {
            history.announced(asked);
        }
        Reaction reaction =
                Reaction.to(outcome, change.onlyNodes() ? Cause.NODES : Cause.SERVICE, history.isAnnounced(asked));
        NextPass next = act(service, reaction);
        if (outcome instanceof Outcome.Converged) {
            history.converged(asked, nodesVersion);
        }
        return next;
    }

    private io.octavialb.model.kubernetes.Service withPods(io.octavialb.model.kubernetes.Service service) {
        if (ServiceOptions.parse(service).options().memberTarget() == MemberTarget.POD) {
            return service.withEndpoints(endpoints.of(service.key()));
        }
        endpoints.forget(service.key());
        return service;
    }

    private NextPass release(Service service) {
        var before = Conversion.service(service);
        endpoints.forget(before.key());
        PassHistory.Change change = history.change(before, nodes.version());
        history.begun(before);
        if (change.newInputs()) {
            events.record(service, ServiceEvent.DELETING);
        }
        Outcome outcome = reconciliation.release(before);
        LOG.debug("{}: {}", before.key(), outcome);
        return act(service, Reaction.to(outcome, Cause.RELEASE, true));
    }

    private NextPass act(Service service, Reaction reaction) {
        Service published = reaction.identity() == null ? service : writes.publish(service, reaction.identity());
        return reaction.released() ? letGo(published, reaction) : say(published, reaction);
    }

    /** Says all there is to say, also when the condition could not be written; that is tried again. */
    private NextPass say(Service service, Reaction reaction) {
        Optional<Service> written = writes.status(service, reaction.ingress(), reaction.condition());
        tell(written.orElse(service), reaction);
        return written.isPresent() ? reaction.next() : new NextPass.Retry();
    }

    /** A condition that could not be removed keeps only a Service that stays. */
    private NextPass letGo(Service service, Reaction reaction) {
        Optional<Service> without = writes.withoutStatus(service);
        if (without.isEmpty() && service.getMetadata().getDeletionTimestamp() == null) {
            return new NextPass.Retry();
        }
        Service left = writes.letGo(without.orElse(service));
        history.forget(service.getMetadata().getUid());
        tell(left, reaction);
        return reaction.next();
    }

    private void tell(Service service, Reaction reaction) {
        if (reaction.notices() != null) {
            var about = Conversion.service(service);
            history.fresh(about, reaction.notices())
                    .forEach(notice -> events.record(service, ServiceEvent.warning(notice)));
            history.noticed(about, reaction.notices());
        }
        reaction.events().forEach(event -> events.record(service, event));
    }
}
