package io.octavialb.reconcile;

import io.octavialb.build.Admission;
import io.octavialb.build.Built;
import io.octavialb.build.LoadBalancerBuild;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Facts;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.plan.CreationSettings;
import io.octavialb.plan.Renaming;
import io.octavialb.plan.RequestedAddress;
import io.octavialb.plan.SharingRules;
import io.octavialb.reconcile.NodeSecurity.Secured;
import io.octavialb.reconcile.Preparation.Ready;
import io.octavialb.reconcile.Preparation.Remake;
import io.octavialb.reconcile.Preparation.RemoveTwin;
import io.octavialb.reconcile.Preparation.Stopped;
import io.octavialb.reconcile.Sighting.MadeTwice;
import io.octavialb.reconcile.Sighting.Seen;
import io.octavialb.reconcile.Sighting.StillBorn;
import io.octavialb.reconcile.Sighting.Unusable;
import java.util.List;
import java.util.stream.Stream;

/** A pass up to the point where the cloud would be changed: admission, sight, facts, build, and what forbids the rest. */
final class PassPreparation {
    private final ClusterIdentity cluster;
    private final FactResolver facts;
    private final NodeSecurity nodeSecurity;
    private final Sight sight;
    private final CachedSearches searches;
    private final RefusedTrees refusedTrees;

    PassPreparation(
            ClusterIdentity cluster,
            FactResolver facts,
            NodeSecurity nodeSecurity,
            Sight sight,
            CachedSearches searches,
            RefusedTrees refusedTrees) {
        this.cluster = cluster;
        this.facts = facts;
        this.nodeSecurity = nodeSecurity;
        this.sight = sight;
        this.searches = searches;
        this.refusedTrees = refusedTrees;
    }

    Preparation of(Service service, LoadBalancerSettings.Resolved resolved, List<Node> nodes) {
        Admission admission = Admission.of(service, resolved, nodes);
        if (admission.refused()) {
            return new Stopped(new Outcome.Rejected(admission.problems()));
        }
        return switch (sight.of(service, Ownership.of(cluster, service))) {
            case Unusable(Outcome outcome) -> new Stopped(outcome);
            case StillBorn(LoadBalancer loadBalancer) -> new Remake(loadBalancer);
            case MadeTwice(LoadBalancer kept, LoadBalancer twin) -> new RemoveTwin(kept, twin);
            case Seen seen ->
                admitted(service, resolved, admission.on(seen.observed().tree() != null), seen);
        };
    }

    /** A creation is for all that was asked for, or not at all. */
    private Preparation admitted(
            Service service, LoadBalancerSettings.Resolved resolved, Admission admission, Seen seen) {
        if (seen.observed().tree() == null && !admission.problems().isEmpty()) {
            return new Stopped(new Outcome.Rejected(admission.problems()));
        }
        boolean addressIsClear = Admission.addressIsClear(service);
        Service usable = addressIsClear ? service : service.withoutLoadBalancerIp();
        Ownership ownership = proven(usable, seen.observed());
        LoadBalancerSettings settings = resolved.settings();
        switch (facts.resolve(usable, ownership, admission.members(), settings, seen.observed())) {
            case Resolution.Unresolved(List<Notice> unresolved) -> {
                return new Stopped(new Outcome.Rejected(unresolved));
            }
            case Resolution.Resolved(Facts known, List<Notice> memberProblems, List<Notice> floatingIpProblems) -> {
                Facts facts = resolved.classIsUnclear()
                        ? known.withMemberSubnetId(seen.observed().memberSubnetId())
                        : known;
                Built built = new LoadBalancerBuild(usable, admission.members(), settings, facts, ownership).build();
                SharingRules sharing = SharingRules.of(
                        ownership, built.desired(), seen.observed(), settings.internal(), settings.maxSharedLb());
                if (sharing.refused()) {
                    return new Stopped(new Outcome.Rejected(sharing.problems()));
                }
                List<Notice> problems = Stream.of(
                                sharing.problems(),
                                admission.problems(),
                                memberProblems,
                                floatingIpProblems,
                                built.problems())
                        .flatMap(List::stream)
                        .toList();
                if (seen.observed().tree() == null && !problems.isEmpty()) {
                    return new Stopped(new Outcome.Rejected(problems));
                }
                boolean internalIsUnclear =
                        resolved.internalIsUnclear() && !service.ingress().isEmpty();
                boolean floatingIpHeld = !addressIsClear
                        || resolved.floatingSubnetIsUnclear()
                        || internalIsUnclear
                        || !floatingIpProblems.isEmpty();
                Secured secured = nodeSecurity.of(
                        usable,
                        admission.members(),
                        settings,
                        facts,
                        ownership,
                        HeldParts.of(
                                built.desired().holding(sharing.holds()), resolved, floatingIpHeld, seen.observed()),
                        seen.observed());
                FormerVip formerVip = FormerVip.of(service);
                return prepared(new Prepared(
                        usable,
                        ownership,
                        settings,
                        resolved.hostnameIsUnclear(),
                        secured.desired(),
                        formerVip,
                        asking(service, formerVip, secured),
                        problems,
                        Stream.of(seen.notices(), admission.warnings(), built.notices(), secured.notices())
                                .flatMap(List::stream)
                                .toList(),
                        secured.observed(),
                        seen.changed()));
            }
        }
    }

    /**
     * A tree that is refused leaves the VIP's port behind, with the address: what asks for a former one is made bare, for
     * the next one could not have it.
     */
    private Desired asking(Service service, FormerVip formerVip, Secured secured) {
        Desired desired = secured.desired();
        DesiredLoadBalancer asked = secured.observed().tree() == null
                ? formerVip.askedFor(desired.loadBalancer(), searches)
                : desired.loadBalancer();
        boolean bare = refusedTrees.contains(service.uid()) || !asked.equals(desired.loadBalancer());
        return bare ? desired.madeBare().with(asked) : desired;
    }

    /** What the load balancer was called before the cluster was renamed is known from what is there. */
    private Ownership proven(Service service, Observed observed) {
        Ownership ownership = Ownership.of(cluster, service);
        LoadBalancerTree tree = observed.tree();
        return tree == null
                ? ownership
                : ownership.onceServedBy(service, tree.loadBalancer(), tree.listeners(), observed.floatingIps());
    }

    private static Preparation prepared(Prepared pass) {
        return new Ready(pass.withNotices(concat(renaming(pass), kept(pass))));
    }

    private static List<Notice> renaming(Prepared pass) {
        LoadBalancerTree tree = pass.observed().tree();
        return tree == null ? List.of() : Renaming.notices(pass.ownership(), tree.loadBalancer());
    }

    /** What is asked for too late. */
    private static List<Notice> kept(Prepared pass) {
        return concat(
                RequestedAddress.notices(pass.desired(), pass.observed()),
                CreationSettings.notices(
                        pass.ownership(),
                        ServiceOptions.parse(pass.service()).options(),
                        pass.settings(),
                        pass.desired(),
                        pass.observed()));
    }

    private static List<Notice> concat(List<Notice> first, List<Notice> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
