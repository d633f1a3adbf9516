package io.octavialb.build;

import io.octavialb.config.Asked;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.Facts;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredFloatingIp;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredLoadBalancer.AdditionalVip;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.FloatingIp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Service + nodes + settings + facts → desired load balancer, and what of it can't be had.
 *
 * @param nodes those that are eligible and selected
 */
public record LoadBalancerBuild(
        Service service, List<Node> nodes, LoadBalancerSettings settings, Facts facts, Ownership ownership) {
    public Built build() {
        ProviderFeatures features = new ProviderFeatures(settings.lbProvider(), facts.version());
        PortProblems ports = new PortProblems(features);
        service.ports().forEach(port -> ports.check(port, settings.port(port), sourceRanges(port)));
        if (settings.prometheusPort() != null) {
            ServicePort port = settings.prometheusPort();
            ports.checkPrometheus(service.ports(), port, settings.port(port), sourceRanges(port));
        }
        Optional<Notice> address = addressProblem();
        ListenerBuild listeners = new ListenerBuild(service, nodes, settings, facts, features, ownership);
        return new Built(
                desired(features, listeners, ports, address.isPresent()),
                Stream.concat(ports.notices().stream(), address.stream()).toList(),
                notices(features, listeners));
    }

    private SourceRanges sourceRanges(ServicePort port) {
        return SourceRanges.of(service, settings.port(port), facts.families());
    }

    private Desired desired(
            ProviderFeatures features, ListenerBuild listeners, PortProblems ports, boolean floatingIpHeld) {
        boolean vipByPort = settings.portId() != null;
        DesiredLoadBalancer loadBalancer = new DesiredLoadBalancer(
                ownership.loadBalancerName(),
                ownership.description(),
                settings.lbProvider(),
                vipByPort ? null : facts.vipSubnetId(),
                vipByPort ? null : facts.vipNetworkId(),
                settings.portId(),
                vipByPort ? null : vipAddress(service.primaryFamily()),
                additionalVips(),
                features.flavors() ? settings.flavorId() : null,
                features.availabilityZones() ? settings.availabilityZone() : null,
                features.tags() ? loadBalancerTags() : null,
                listeners.of(ports::serves));
        return new Desired(
                loadBalancer,
                floatingIp(),
                settings.keepFloatingIp(),
                !features.floatingIpWhilePending(),
                floatingIpHeld,
                ports.held(),
                settings.serialApiCalls(),
                false,
                null);
    }

    private List<String> loadBalancerTags() {
        return Stream.concat(ownership.loadBalancerTags().stream(), settings.loadBalancerTags().stream())
                .distinct()
                .toList();
    }

    /** The field asks for the floating IP's address where there is one, else for the VIP's. */
    private @Nullable String vipAddress(IpFamily family) {
        String asked = service.loadBalancerIp();
        boolean ofFloatingIp = family == IpFamily.IPv4 && !settings.internal();
        return asked == null || ofFloatingIp || IpFamily.of(asked) != family ? null : asked;
    }

    private List<AdditionalVip> additionalVips() {
        return facts.additionalSubnetId() == null
                ? List.of()
                : List.of(new AdditionalVip(
                        facts.additionalSubnetId(), vipAddress(facts.families().getLast())));
    }

    private @Nullable DesiredFloatingIp floatingIp() {
        Facts.FloatingIpFacts source = facts.floatingIp();
        if (source == null) {
            return null;
        }
        FloatingIp existing = source.existing();
        return new DesiredFloatingIp(
                source.networkId(),
                source.subnetIds(),
                existing == null ? floatingIpAddress(service) : existing.floatingIpAddress(),
                existing == null ? null : existing.id(),
                source.replaces(),
                ownership.floatingIpDescription());
    }

    /** Whether the VIP gets a floating IP: external Services that have an IPv4 VIP. */
    public static boolean wantsFloatingIp(List<IpFamily> families, LoadBalancerSettings settings) {
        return !settings.internal() && families.contains(IpFamily.IPv4);
    }

    /** The address that an external Service asks for its floating IP; null when it asks for none. */
    public static @Nullable String floatingIpAddress(Service service) {
        String asked = service.loadBalancerIp();
        return asked == null || IpFamily.of(asked) == IpFamily.IPv6 ? null : asked;
    }

    private Optional<Notice> addressProblem() {
        String asked = service.loadBalancerIp();
        return asked == null || facts.families().contains(IpFamily.of(asked))
                ? Optional.empty()
                : Optional.of(new Notice(
                        EventReasons.SYNC_FAILED,
                        "spec.loadBalancerIP: \"" + asked + "\": the load balancer has "
                                + facts.families().getFirst() + " only: " + facts.singleStack()));
    }

    private Set<Notice> unsupported(ProviderFeatures features) {
        Unsupported unsupported = new Unsupported(features);
        return Stream.concat(
                        Stream.of(settings.asked()),
                        service.ports().stream().map(port -> settings.port(port).asked()))
                .flatMap(asked -> unsupported.notices(asked).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean nodesEnforceSourceRanges(ProviderFeatures features) {
        return features.nodesSeeClients() && settings.manageSecurityGroups();
    }

    private List<Notice> notices(ProviderFeatures features, ListenerBuild listeners) {
        List<Notice> notices = new ArrayList<>(unsupported(features));
        notices.addAll(listeners.notices());
        notices.addAll(new SilencedBySpec(service, settings).notices());
        notices.addAll(SessionAffinity.of(service).notices(service.ports()));
        if (settings.forcedInternal()) {
            notices.add(new Notice(
                    EventReasons.FORCED_INTERNAL,
                    "internal-lb in the cloud-config makes every load balancer internal"));
        }
        Optional<SourceRanges> restricted = service.ports().stream()
                .map(this::sourceRanges)
                .filter(SourceRanges::restricted)
                .findFirst();
        if (restricted.isPresent() && !features.vipAcl() && !nodesEnforceSourceRanges(features)) {
            notices.add(new Notice(
                    EventReasons.SOURCE_RANGES_IGNORED,
                    "source ranges " + restricted.get().cidrs() + " are not enforced: provider " + features.provider()
                            + " on Octavia " + features.version() + " has no allowed_cidrs"
                            + (features.nodesSeeClients()
                                    ? ": with manage-security-groups in the cloud-config the nodes enforce them"
                                    : "")));
        }
        restricted.flatMap(ranges -> ranges.closed(facts.families())).ifPresent(notices::add);
        if (settings.availabilityZone() != null && !features.availabilityZones()) {
            notices.add(new Notice(
                    EventReasons.AVAILABILITY_ZONES_IGNORED,
                    settings.asked()
                                    .find("availability-zone")
                                    .map(Asked::toString)
                                    .orElse("availability-zone")
                            + " is ignored: provider " + features.provider() + " on Octavia " + features.version()
                            + " has no zones"));
        }
        if (facts.singleStack() != null) {
            notices.add(new Notice(
                    EventReasons.SINGLE_STACK,
                    "spec.ipFamilies: \"" + service.ipFamilies() + "\": the load balancer has "
                            + facts.families().getFirst() + " only: " + facts.singleStack()));
        }
        if (!settings.internal() && !facts.families().contains(IpFamily.IPv4)) {
            notices.add(new Notice(
                    EventReasons.FLOATING_IP_SKIPPED,
                    "an IPv6 VIP has no floating IP: it is reached by its own address"));
        }
        return notices;
    }
}
