package io.octavialb.crash;

import static io.octavialb.crash.World.port;

import io.octavialb.config.ServiceOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One thing that happens in the life of a Service.
 *
 * @param cloudConfig further lines of {@code [LoadBalancer]}
 * @param before what is there when it happens: step by step, each converged
 * @param change what a user, or the cluster, does
 * @param result what the cloud has in the end: {@code loadbalancers/listeners/pools/members/healthmonitors/floatingips}
 */
record Operation(String name, String cloudConfig, List<Consumer<World>> before, Consumer<World> change, String result) {
    private static final String SERIAL = "provider-requires-serial-api-calls = true\n";
    /** A security group for each Service, on the ports of its nodes. */
    private static final String GROUPS = "manage-security-groups = true\n";

    private static final String SINGLE_DELETES = "cascade-delete = false\n";

    /** In the order of a Service's life. */
    static List<Operation> all() {
        List<Consumer<World>> nothing = List.of();
        List<Consumer<World>> web = List.of(Operation::web);
        List<Consumer<World>> twoPorts = List.of(Operation::twoPorts);
        List<Consumer<World>> shared = List.of(Operation::web, Operation::joinMail);
        List<Consumer<World>> adopted = List.of(Operation::twoPorts, world -> world.asTheReferenceMadeIt("web"));
        return List.of(
                new Operation("create", "", nothing, Operation::web, "1/1/1/2/1/1"),
                new Operation("create-internal", "", nothing, Operation::internal, "1/1/1/2/1/0"),
                new Operation("create-one-by-one", SERIAL, nothing, Operation::twoPorts, "1/2/2/4/2/1"),
                new Operation("add-port", "", web, Operation::addPort, "1/2/2/4/2/1"),
                new Operation("add-port-one-by-one", SERIAL, web, Operation::addPort, "1/2/2/4/2/1"),
                new Operation("remove-port", "", twoPorts, Operation::removePort, "1/1/1/2/1/1"),
                new Operation("members", "", twoPorts, Operation::otherNodes, "1/2/2/4/2/1"),
                new Operation("members-one-by-one", SERIAL, web, Operation::otherNodes, "1/1/1/2/1/1"),
                new Operation("source-ranges", "", web, Operation::ranges, "1/1/1/2/1/1"),
                new Operation(
                        "no-source-ranges",
                        "",
                        List.of(Operation::web, Operation::ranges),
                        Operation::noRanges,
                        "1/1/1/2/1/1"),
                new Operation("becomes-internal", "", web, Operation::becomesInternal, "1/1/1/2/1/0"),
                new Operation("share", "", web, Operation::joinMail, "1/2/2/4/2/1"),
                new Operation("unshare", "", shared, world -> world.delete("mail"), "1/1/1/2/1/1"),
                new Operation("owner-leaves", "", shared, world -> world.delete("web"), "1/1/1/2/1/1"),
                new Operation("made-anew", "", web, world -> world.removeByHand("web"), "1/1/1/2/1/1"),
                new Operation("type-changed", "", web, Operation::typeChanged, "0/0/0/0/0/0"),
                new Operation("delete", "", web, world -> world.delete("web"), "0/0/0/0/0/0"),
                new Operation(
                        "delete-one-by-one", SINGLE_DELETES, twoPorts, world -> world.delete("web"), "0/0/0/0/0/0"),
                new Operation(
                        "delete-keep-floating-ip",
                        "",
                        List.of(Operation::keepingFloatingIp),
                        world -> world.delete("web"),
                        "0/0/0/0/0/1"),
                new Operation("delete-adopted", "", adopted, world -> world.delete("web"), "0/0/0/0/0/0"),
                new Operation(
                        "delete-adopted-one-by-one",
                        SINGLE_DELETES,
                        adopted,
                        world -> world.delete("web"),
                        "0/0/0/0/0/0"),
                new Operation("create-with-group", GROUPS, nothing, Operation::web, "1/1/1/2/1/1"),
                new Operation("add-port-with-group", GROUPS, web, Operation::addPort, "1/2/2/4/2/1"),
                new Operation("members-with-group", GROUPS, web, Operation::otherNodes, "1/1/1/2/1/1"),
                new Operation("delete-with-group", GROUPS, web, world -> world.delete("web"), "0/0/0/0/0/0"));
    }

    private static void web(World world) {
        world.create("web", Map.of(), port("TCP", 80));
    }

    private static void twoPorts(World world) {
        world.create("web", Map.of(), port("TCP", 80), port("TCP", 443));
    }

    private static void internal(World world) {
        world.create(
                "web", Map.of("service.beta.kubernetes.io/openstack-internal-load-balancer", "true"), port("TCP", 80));
    }

    private static void keepingFloatingIp(World world) {
        world.create("web", Map.of("loadbalancer.openstack.org/keep-floatingip", "true"), port("TCP", 80));
    }

    private static void addPort(World world) {
        world.edit(
                "web",
                service -> service.editSpec().addToPorts(port("TCP", 443)).endSpec());
    }

    private static void removePort(World world) {
        world.edit(
                "web",
                service -> service.editSpec()
                        .removeMatchingFromPorts(it -> it.getPort() == 443)
                        .endSpec());
    }

    private static void otherNodes(World world) {
        world.join(3);
        world.leave(2);
    }

    private static void ranges(World world) {
        world.edit(
                "web",
                service -> service.editSpec()
                        .withLoadBalancerSourceRanges("192.0.2.0/24", "198.51.100.0/24")
                        .endSpec());
    }

    private static void noRanges(World world) {
        world.edit(
                "web",
                service -> service.editSpec()
                        .withLoadBalancerSourceRanges(List.of())
                        .endSpec());
    }

    private static void becomesInternal(World world) {
        world.edit(
                "web",
                service -> service.editMetadata()
                        .addToAnnotations("service.beta.kubernetes.io/openstack-internal-load-balancer", "true")
                        .endMetadata());
    }

    private static void typeChanged(World world) {
        world.edit("web", service -> service.editSpec().withType("ClusterIP").endSpec());
    }

    private static void joinMail(World world) {
        world.create("mail", Map.of(ServiceOptions.LOAD_BALANCER_ID_KEY, world.loadBalancerId("web")), port("TCP", 25));
    }

    @Override
    public String toString() {
        return name;
    }
}
