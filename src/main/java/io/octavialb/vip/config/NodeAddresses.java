package io.octavialb.vip.config;

import io.octavialb.vip.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks a configuration against the addresses that the node has by itself. */
public final class NodeAddresses {
    private NodeAddresses() {}

    /**
     * Virtual addresses that are the node's own, which would be taken from it when it becomes backup, and peers that are this node.
     *
     * @param own addresses on the node's interfaces, without those that an agent put there
     */
    public static List<ConfigProblem> problems(AgentSettings settings, Set<NodeAddress> own) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (InstanceSettings instance : settings.instances()) {
            instance.held()
                    .filter(virtual -> own.contains(
                            new NodeAddress(virtual.address(), virtual.device().orElse(instance.interfaceName()))))
                    .forEach(virtual -> problems.add(error(
                            instance,
                            "the virtual address " + virtual.address() + " is this node's own",
                            "write an address that no node has, or take it off the node")));
            instance.peers().stream()
                    .filter(peer -> own.contains(new NodeAddress(peer, instance.interfaceName())))
                    .forEach(peer -> problems.add(error(
                            instance,
                            "the peer " + peer + " is this node itself",
                            "write the other routers' addresses only")));
        }
        return problems;
    }

    private static ConfigProblem error(InstanceSettings instance, String what, String remedy) {
        return new ConfigProblem(instance.place(), Severity.ERROR, "instance " + instance.name() + ": " + what, remedy);
    }
}
