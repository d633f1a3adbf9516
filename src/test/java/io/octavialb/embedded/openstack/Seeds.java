package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is there from the start: the networks, node ports and groups of the lab's README, with ids that never change. */
final class Seeds {
    private static final String OCCM = project("occm");
    private static final String ADMIN = project("admin");

    private final CloudState state;
    private final SecurityGroups securityGroups;
    private final Ports ports;

    Seeds(CloudState state, SecurityGroups securityGroups, Ports ports) {
        this.state = state;
        this.securityGroups = securityGroups;
        this.ports = ports;
    }

    /** The id of a seed, by its kind and name. */
    static String id(String kind, String name) {
        return UUID.nameUUIDFromBytes((kind + "/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Keystone's ids have no hyphens. */
    static String hexId(String kind, String name) {
        return id(kind, name).replace("-", "");
    }

    static String project(String name) {
        return hexId("projects", name);
    }

    static String flavor(String name) {
        for (JsonNode flavor : StubFiles.body("octavia-flavors.json").path("flavors")) {
            if (flavor.path("name").asText().equals(name)) {
                return flavor.path("id").asText();
            }
        }
        throw new IllegalArgumentException("there is no flavor " + name);
    }

    void plant() {
        network("public", ADMIN, true, true, List.of("public"));
        network("public-alt", ADMIN, true, true, List.of());
        network("private", OCCM, false, true, List.of());
        network("members", OCCM, false, true, List.of());
        network("scale", OCCM, false, true, List.of());
        network("no-port-security", OCCM, false, false, List.of());
        subnet("public-subnet", "public", "203.0.113.0/24", List.of("floating", "gold"));
        subnet("public-subnet-2", "public", "198.51.100.0/24", List.of("floating", "silver"));
        subnet("public-alt-subnet", "public-alt", "192.0.2.0/24", List.of("floating"));
        subnet("private-subnet", "private", "10.6.0.0/24", List.of("nodes"));
        subnet("private-subnet-v6", "private", "fd00:6::/64", List.of());
        subnet("members-subnet", "members", "10.7.0.0/24", List.of());
        subnet("scale-subnet", "scale", "10.64.0.0/16", List.of());
        subnet("no-port-security-subnet", "no-port-security", "10.8.0.0/24", List.of());
        for (String project : List.of("occm", "other", "admin")) {
            securityGroups.add(
                    id("security_groups", "default of " + project),
                    "default",
                    "Default security group",
                    project(project));
        }
        router(List.of("private-subnet", "private-subnet-v6", "members-subnet", "scale-subnet"));
        securityGroups.add(id("security_groups", "nodes"), "nodes", "", OCCM);
        for (int number = 1; number <= 3; number++) {
            node(number);
        }
    }

    private void network(String name, String project, boolean external, boolean portSecurity, List<String> tags) {
        ObjectNode row = CloudState.object()
                .put("id", id("networks", name))
                .put("name", name)
                .put("tenant_id", project)
                .put("admin_state_up", true)
                .put("mtu", external ? 1500 : 1442)
                .put("status", "ACTIVE");
        row.putArray("subnets");
        row.put("shared", false);
        row.putArray("availability_zone_hints");
        row.putArray("availability_zones");
        row.putNull("ipv4_address_scope").putNull("ipv6_address_scope");
        row.put("router:external", external).put("description", "").put("port_security_enabled", portSecurity);
        row.putNull("qos_policy_id");
        if (external) {
            row.put("is_default", false);
        }
        tags.forEach(row.putArray("tags")::add);
        state.networks.add(Revisions.first(state, row, 1).put("project_id", project));
    }

    private void subnet(String name, String networkName, String cidr, List<String> tags) {
        ObjectNode network = state.networks.get(id("networks", networkName));
        boolean v6 = Addresses.v6(cidr);
        String project = network.path("project_id").asText();
        boolean external = network.path("router:external").asBoolean();
        ObjectNode row = CloudState.object()
                .put("id", id("subnets", name))
                .put("name", name)
                .put("tenant_id", project)
                .put("network_id", network.path("id").asText())
                .put("ip_version", v6 ? 6 : 4)
                .putNull("subnetpool_id")
                .put("enable_dhcp", !external)
                .put("ipv6_ra_mode", v6 ? "dhcpv6-stateful" : null)
                .put("ipv6_address_mode", v6 ? "dhcpv6-stateful" : null)
                .put("gateway_ip", Addresses.host(cidr, 1))
                .put("cidr", cidr);
        // As in the lab, the nodes' subnet has free addresses that no load balancer is given unasked.
        row.putArray("allocation_pools")
                .addObject()
                .put("start", Addresses.host(cidr, 2))
                .put("end", Addresses.host(cidr, name.equals("private-subnet") ? 239 : 254));
        row.putArray("host_routes");
        row.putArray("dns_nameservers");
        row.put("description", "").put("router:external", external);
        row.putArray("service_types");
        tags.forEach(row.putArray("tags")::add);
        state.subnets.add(Revisions.first(state, row, tags.isEmpty() ? 0 : 1).put("project_id", project));
        Revisions.bump(state, network);
        ((ArrayNode) network.path("subnets")).add(row.path("id"));
    }

    private void router(List<String> subnets) {
        String id = id("routers", "router");
        ObjectNode row = CloudState.object()
                .put("id", id)
                .put("name", "router")
                .put("tenant_id", OCCM)
                .put("admin_state_up", true)
                .put("status", "ACTIVE");
        ObjectNode gateway = row.putObject("external_gateway_info")
                .put("network_id", id("networks", "public"))
                .put("enable_snat", true);
        ArrayNode outside = gateway.putArray("external_fixed_ips");
        fixedIp(outside, "public-subnet", "203.0.113.2");
        row.put("description", "");
        row.putArray("routes");
        row.putArray("tags");
        state.routers.add(Revisions.first(state, row, 6).put("project_id", OCCM));
        port("public", "203.0.113.2", "public-subnet")
                .put("device_id", id)
                .put("device_owner", "network:router_gateway")
                .put("project_id", "");
        for (String name : subnets) {
            ObjectNode subnet = state.subnets.get(id("subnets", name));
            ObjectNode network = state.networks.get(subnet.path("network_id").asText());
            port(network.path("name").asText(), subnet.path("gateway_ip").asText(), name)
                    .put("device_id", id)
                    .put("device_owner", "network:router_interface");
        }
    }

    private ObjectNode port(String networkName, String address, String subnetName) {
        ArrayNode wanted = CloudState.JSON.createArrayNode();
        fixedIp(wanted, subnetName, address);
        return ports.add(state.networks.get(id("networks", networkName)), OCCM, wanted);
    }

    private static void fixedIp(ArrayNode fixedIps, String subnetName, String address) {
        fixedIps.addObject().put("subnet_id", id("subnets", subnetName)).put("ip_address", address);
    }

    private void node(int number) {
        ObjectNode port = port("private", "10.6.0.1" + number, "private-subnet");
        state.ports.remove(port.path("id").asText());
        port.put("id", id("ports", "node-" + number))
                .put("name", "node-" + number)
                .put("device_id", "00000000-0000-4000-8000-00000000000" + number)
                .put("device_owner", "compute:nova")
                .put("revision_number", 2);
        ((ArrayNode) port.path("security_groups")).add(id("security_groups", "nodes"));
        state.ports.add(port);
    }

    /** The users, with the password of each project's own. */
    static List<User> users() {
        Set<String> member = Set.of("reader", "member", "load-balancer_member");
        return List.of(
                new User("occm", "occm-lab", "occm", member),
                new User("occm-reader", "occm-lab", "occm", Set.of("reader")),
                new User("other", "occm-lab", "other", member),
                new User("admin", "admin-lab", "admin", Set.of("reader", "member", "admin")));
    }

    /** A user of domain {@code default}, with roles in one project. */
    record User(String name, String password, String projectName, Set<String> roles) {
        String id() {
            return hexId("users", name);
        }

        Caller caller() {
            return new Caller(id(), name, project(projectName), projectName, roles);
        }

        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }
}
