package io.octavialb.embedded.openstack;

import java.util.List;
import java.util.Set;

/** The Load Balancing API v2: what is behind {@code /load-balancer}. */
final class Octavia {
    private static final Set<String> ALIASES = Set.of("v2", "v2.0");

    private final OctaviaContext context;
    private final OctaviaCatalog catalog;
    private final LoadBalancers loadBalancers;
    private final Listeners listeners;
    private final Pools pools;
    private final Members members;
    private final HealthMonitors healthMonitors;
    private final L7Policies l7Policies;

    Octavia(CloudState state, Provisioning provisioning, VipPorts vipPorts) {
        context = new OctaviaContext(state, provisioning);
        catalog = new OctaviaCatalog(context);
        members = new Members(context);
        healthMonitors = new HealthMonitors(context);
        l7Policies = new L7Policies(context);
        listeners = new Listeners(context);
        pools = new Pools(context, members, healthMonitors);
        loadBalancers = new LoadBalancers(context, vipPorts, listeners, pools, catalog);
    }

    OctaviaContext context() {
        return context;
    }

    /** {@code GET /}, which needs no token. */
    CloudAnswer versions() {
        return catalog.versions();
    }

    /** Answers a request to what follows {@code /load-balancer}. */
    CloudAnswer answer(List<String> path, CloudRequest request, Caller caller) {
        if (path.size() < 3
                || !ALIASES.contains(path.getFirst())
                || !path.get(1).equals("lbaas")) {
            throw unknown();
        }
        List<String> rest = path.subList(3, path.size());
        return switch (path.get(2)) {
            case "loadbalancers" ->
                rest.size() > 1
                        ? loadBalancers.part(rest.getFirst(), rest.get(1), request, caller)
                        : answer(loadBalancers, rest, request, caller);
            case "listeners" -> answer(listeners, rest, request, caller);
            case "pools" ->
                rest.size() > 1 && rest.get(1).equals("members")
                        ? members.answer(rest.getFirst(), rest.size() > 2 ? rest.get(2) : null, request, caller)
                        : answer(pools, rest, request, caller);
            case "healthmonitors" -> answer(healthMonitors, rest, request, caller);
            case "l7policies" -> answer(l7Policies, rest, request, caller);
            case "quotas" -> context.quotas.answer(request, caller, rest);
            case "providers" -> catalog.providers();
            case "flavors" -> catalog.offers("octavia-flavors.json", "flavors", "flavor", rest, request);
            case "availabilityzones" ->
                catalog.offers(
                        "octavia-availability-zones.json", "availability_zones", "availability_zone", rest, request);
            default -> throw unknown();
        };
    }

    private static CloudAnswer answer(OctaviaKind kind, List<String> rest, CloudRequest request, Caller caller) {
        return rest.isEmpty() ? kind.collection(request, caller) : kind.single(rest.getFirst(), request, caller);
    }

    private static Refusal unknown() {
        return Refusal.octaviaRouting(404, "Not Found", "");
    }
}
