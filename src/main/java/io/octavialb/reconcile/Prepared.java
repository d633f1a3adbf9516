package io.octavialb.reconcile;

import io.octavialb.build.IngressStatus;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Outcome.Failure;
import io.octavialb.model.Outcome.Identity;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.plan.Plan;
import io.octavialb.plan.Planner;
import io.octavialb.plan.Step;
import io.octavialb.reconcile.PlanExecution.Progress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pass that can change the cloud: what is desired and what is observed.
 *
 * @param hostnameIsUnclear whether the host name to publish is not known
 * @param problems what can't be had; what they are about is held
 * @param notices what else could not be honoured
 * @param formerVip of a load balancer that is gone
 * @param asking how a load balancer is to be made: what is desired, asking for the former VIP
 * @param changed whether the passes that waited before this one changed anything
 */
record Prepared(
        Service service,
        Ownership ownership,
        LoadBalancerSettings settings,
        boolean hostnameIsUnclear,
        Desired desired,
        FormerVip formerVip,
        Desired asking,
        List<Notice> problems,
        List<Notice> notices,
        Observed observed,
        boolean changed) {

    Prepared {
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
    }

    Plan plan(Observed state, Refusals refusals) {
        return Planner.ensure(ownership, refusals.of(state.tree() == null ? forCreation(refusals) : desired), state);
    }

    private Desired forCreation(Refusals refusals) {
        return refusals.formerVipIsRefused() ? asking.with(desired.loadBalancer()) : asking;
    }

    /** Whether a creation asks for the former VIP. */
    boolean asksForFormerVip() {
        return !asking.loadBalancer().equals(desired.loadBalancer());
    }

    Prepared withNotices(List<Notice> more) {
        return new Prepared(
                service,
                ownership,
                settings,
                hostnameIsUnclear,
                desired,
                formerVip,
                asking,
                problems,
                Stream.concat(notices.stream(), more.stream()).toList(),
                observed,
                changed);
    }

    /** All that there is to tell of a preview. */
    List<Notice> previewNotices() {
        LoadBalancerTree tree = observed.tree();
        return Stream.of(
                        problems,
                        notices,
                        tree == null ? formerVip.notAskedFor(asking.loadBalancer()) : formerVip(tree.loadBalancer()))
                .flatMap(List::stream)
                .toList();
    }

    private List<Notice> formerVip(LoadBalancer loadBalancer) {
        return ownership.createdForService(loadBalancer)
                ? formerVip.lost(desired.loadBalancer(), loadBalancer)
                : List.of();
    }

    /** All that there is to tell before anything is carried out. */
    List<Notice> allNotices() {
        return Stream.concat(problems.stream(), notices.stream()).toList();
    }

    /** What the pass came to. */
    Outcome outcome(Progress progress, Refusals refusals) {
        Observed reached = progress.observed();
        if (reached.tree() == null) {
            throw new IllegalStateException("a load balancer is neither there nor planned");
        }
        LoadBalancer loadBalancer = reached.tree().loadBalancer();
        List<String> addresses = addresses(reached);
        boolean addressKept = addressIsUnclear(reached, loadBalancer);
        boolean floatingIpToCome =
                progress.left().steps().stream().anyMatch(step -> step instanceof Step.FloatingIpStep);
        @Nullable String address = addresses.isEmpty() || floatingIpToCome || addressKept ? null : addresses.getFirst();
        List<Notice> all = Stream.concat(notices.stream(), formerVip(loadBalancer).stream())
                .toList();
        List<Failure> failures = Stream.concat(
                        problems.stream().map(problem -> new Failure(null, problem, false)),
                        refusals.failures().stream())
                .toList();
        boolean ours = ownership.createdForService(loadBalancer);
        if (!progress.left().isEmpty() || !loadBalancer.active() || (address == null && !addressKept)) {
            return new Outcome.Waiting(
                    new Identity(loadBalancer.id(), ours, shows(address) ? address : null),
                    "load balancer " + loadBalancer.id() + " is " + loadBalancer.provisioningStatus(),
                    Stream.concat(failures.stream().map(Failure::notice), all.stream())
                            .toList());
        }
        Identity identity = new Identity(loadBalancer.id(), ours, address, ours ? FormerVip.record(loadBalancer) : "");
        boolean statusKept =
                addressKept || (hostnameIsUnclear && !service.ingress().isEmpty());
        List<Ingress> ingress =
                statusKept ? service.ingress() : IngressStatus.of(settings, proxied(reached.tree()), addresses);
        boolean anything = changed || !reached.equals(observed);
        return failures.isEmpty()
                ? new Outcome.Converged(identity, ingress, anything, all)
                : new Outcome.Partial(identity, ingress, anything, failures, all);
    }

    /**
     * Whether the address may be published before the status shows it: the record of the former VIP counts only while
     * the status shows the address that was published with it, and is needed until the end.
     */
    private boolean shows(@Nullable String address) {
        return service.ingress().isEmpty() || Ownership.inStatus(service, address);
    }

    /** What is there tells, and not what is asked for: a port may be held, and datagrams have no place for it. */
    private boolean proxied(LoadBalancerTree tree) {
        Set<String> pools = tree.listeners().stream()
                .filter(listener -> ownership.mayTake(listener, tree.loadBalancer()))
                .filter(listener -> service.ports().stream()
                        .anyMatch(port -> listener.key().equals(ListenerKey.of(port.protocol(), port.port()))))
                .map(Listener::defaultPoolId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return tree.pools().stream()
                .filter(pool -> pools.contains(pool.id()))
                .anyMatch(pool -> pool.pool().protocol().startsWith("PROXY"));
    }

    /** Whether the VIP may be meant to have a floating IP that can't be had: its own address is not the Service's. */
    private boolean addressIsUnclear(Observed reached, LoadBalancer loadBalancer) {
        return desired.floatingIpHeld()
                && !settings.internal()
                && service.ipFamilies().contains(IpFamily.IPv4)
                && reached.attached().isEmpty()
                && ownership.createdForService(loadBalancer);
    }

    /**
     * Where the Service is reached: the VIP's addresses, the IPv4 one behind its floating IP. One of a family that the
     * Service no longer asks for is open to nobody.
     */
    private List<String> addresses(Observed reached) {
        if (reached.tree() == null) {
            return List.of();
        }
        Optional<String> floatingIp =
                reached.attached().stream().map(FloatingIp::floatingIpAddress).findFirst();
        List<String> vips = reached.tree().loadBalancer().vipAddresses();
        List<String> asked = vips.stream()
                .filter(vip -> service.ipFamilies().contains(IpFamily.of(vip)))
                .toList();
        return (asked.isEmpty() ? vips : asked)
                .stream()
                        .map(vip -> IpFamily.of(vip) == IpFamily.IPv4 ? floatingIp.orElse(vip) : vip)
                        .toList();
    }
}
