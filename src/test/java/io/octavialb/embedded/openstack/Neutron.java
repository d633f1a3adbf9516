package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.embedded.openstack.NeutronKind.NeutronNames;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Networking API v2.0: what is behind {@code /networking/v2.0}. */
final class Neutron {
    private final CloudState state;
    private final NeutronQuotas quotas = new NeutronQuotas();
    private final Map<String, NeutronKind> kinds;
    private final Ports ports;
    private final SecurityGroups securityGroups;
    private String url = "http://embedded/networking";

    Neutron(CloudState state) {
        this.state = state;
        Allocation allocation = new Allocation(state);
        ports = new Ports(state, allocation, quotas);
        SecurityGroupRules rules = new SecurityGroupRules(state, quotas);
        securityGroups = new SecurityGroups(state, rules, quotas);
        kinds = Map.of(
                "networks",
                new NeutronKind(
                        state,
                        state.networks,
                        new NeutronNames("network", "NetworkNotFound", "Network %s could not be found."),
                        Set.of("id", "name", "tenant_id", "project_id", "router:external", "status", "shared")),
                "subnets",
                new NeutronKind(
                        state,
                        state.subnets,
                        new NeutronNames("subnet", "SubnetNotFound", "Subnet %s could not be found."),
                        Set.of(
                                "id",
                                "name",
                                "tenant_id",
                                "project_id",
                                "network_id",
                                "cidr",
                                "ip_version",
                                "gateway_ip",
                                "enable_dhcp",
                                "router:external")),
                "routers",
                new NeutronKind(
                        state,
                        state.routers,
                        new NeutronNames("router", "RouterNotFound", "Router %s could not be found"),
                        Set.of("id", "name", "tenant_id", "project_id", "status")),
                "ports",
                ports,
                "floatingips",
                new FloatingIps(state, allocation, quotas),
                "security-groups",
                securityGroups,
                "security-group-rules",
                rules);
    }

    Ports ports() {
        return ports;
    }

    SecurityGroups securityGroups() {
        return securityGroups;
    }

    NeutronQuotas quotas() {
        return quotas;
    }

    void url(String other) {
        url = other;
    }

    /** Answers a request to what follows {@code /networking}. */
    CloudAnswer answer(List<String> path, CloudRequest request, Caller caller) {
        if (path.size() < 2 || !path.getFirst().equals("v2.0")) {
            throw unknown();
        }
        String collection = path.get(1);
        if (collection.equals("quotas") && path.size() > 2) {
            return quotas.answer(path.get(2), request, caller);
        }
        NeutronKind kind = kinds.get(collection);
        if (kind == null) {
            throw unknown();
        }
        if (path.size() == 2) {
            return kind.collection(request, caller, url + "/v2.0/" + collection);
        }
        String id = path.get(2);
        if (path.size() == 3) {
            return kind.single(id, request, caller);
        }
        if (!path.get(3).equals("tags")) {
            throw unknown();
        }
        return tags(kind, id, path.subList(4, path.size()), request, caller);
    }

    private CloudAnswer tags(NeutronKind kind, String id, List<String> rest, CloudRequest request, Caller caller) {
        ObjectNode row = kind.existing(id);
        if (!NeutronKind.sees(caller, row)) {
            throw kind.notFound(id);
        }
        if (request.changes()
                && !(caller.mayChange() && caller.sees(row.path("project_id").asText()))) {
            throw kind.denied("update");
        }
        return new Tags(state).answer(row, rest, request);
    }

    private static Refusal unknown() {
        return Refusal.neutron(404, "HTTPNotFound", "The resource could not be found.");
    }
}
