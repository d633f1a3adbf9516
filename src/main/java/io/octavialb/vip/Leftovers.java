package io.octavialb.vip;

import io.octavialb.net.Link;
import io.octavialb.net.LinkAddress;
import io.octavialb.net.Netlink;
import io.octavialb.net.SystemCallException;
import io.octavialb.vip.StateFile.Held;
import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.ConfigProblem;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.NodeAddress;
import io.octavialb.vip.config.NodeAddresses;
import io.octavialb.vip.config.VirtualAddress;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual addresses that an earlier run of the agent has left on this node, killed before it could take them off.
 *
 * <p>An address is a leftover when it carries the agent's mark ({@link Netlink#OWN_PROTOCOL}) and the configuration or the state
 * file has it; on a kernel without such marks (before 5.18) when the state file has it. Any other address of this node is not ours:
 * it is never removed, and a configuration that names it as a virtual address is refused, for giving it up would take this
 * node off its network.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** Where kube-proxy's IPVS mode keeps the addresses of Services, on every node. */
    private static final String KUBE_PROXY = "kube-ipvs0";

    private final boolean marks;
    private final Optional<StateFile> file;
    private final Set<Held> recorded = new HashSet<>();

    /**
     * @param marks whether the kernel keeps marks
     * @param file is read now; one that can't be read is a warning, and as if it were empty
     */
    Leftovers(boolean marks, Optional<StateFile> file) {
        this.marks = marks;
        this.file = file;
        if (file.isPresent()) {
            try {
                recorded.addAll(file.get().read());
            } catch (IOException e) {
                LOG.warn("addresses that an earlier run left may stay: {}", e.getMessage());
            }
        }
    }

    /** What in the settings does not go with the addresses that this node has by itself. */
    List<ConfigProblem> conflicts(AgentSettings settings, NodeView node, Collection<Instance> running) {
        Set<Held> ours = new HashSet<>(marks ? Set.of() : recorded);
        running.forEach(instance -> instance.held().forEach(one -> ours.add(held(instance.settings(), one))));
        Set<NodeAddress> own = node.addresses().stream()
                .filter(local -> !local.own() && !ours.contains(held(node, local)))
                .filter(local -> !node.nameOf(local.linkIndex()).equals(KUBE_PROXY))
                .map(local -> new NodeAddress(local.address(), node.nameOf(local.linkIndex())))
                .collect(Collectors.toSet());
        return NodeAddresses.problems(settings, own);
    }

    /** Records what may be held from now on, beside what was held before: not until {@link #remove} is that gone. */
    void expect(AgentSettings settings) {
        Set<Held> expected = new HashSet<>(recorded);
        settings.instances().forEach(instance -> instance.held().forEach(one -> expected.add(held(instance, one))));
        record(expected);
    }

    private void record(Set<Held> now) {
        if (file.isPresent() && !now.equals(recorded)) {
            try {
                file.get().write(now);
            } catch (IOException e) {
                LOG.warn(
                        "the state file can't be written, so a later run may not find what this one leaves: {}",
                        e.toString());
            }
        }
        recorded.clear();
        recorded.addAll(now);
    }

    /**
     * Takes off what was left and no running instance holds.
     *
     * @param running those that are leaving too: they take off by themselves what they hold
     */
    void remove(NodeView node, Collection<Instance> running, Netlink netlink) {
        Set<Held> holding = new HashSet<>();
        Set<Held> configured = new HashSet<>();
        for (Instance instance : running) {
            instance.held().forEach(one -> configured.add(held(instance.settings(), one)));
            if (instance.holds()) {
                instance.held().forEach(one -> holding.add(held(instance.settings(), one)));
            }
        }
        for (LinkAddress local : List.copyOf(node.addresses())) {
            Held held = held(node, local);
            boolean known = recorded.contains(held) || (marks && configured.contains(held));
            boolean leftover = known && (local.own() || !marks);
            Link link = node.link(held.device());
            if (leftover && !holding.contains(held) && link != null) {
                remove(netlink, link, local);
            }
        }
        configured.addAll(holding);
        record(configured); // what is not configured any more is somebody else's from now on
    }

    private static void remove(Netlink netlink, Link link, LinkAddress local) {
        try {
            netlink.removeAddress(link, local.address(), local.prefixLength());
            LOG.info("removed {} from {}: an earlier run had left it", local.address(), link.name());
        } catch (SystemCallException e) {
            LOG.error("an address that an earlier run left stays: {}", e.getMessage());
        }
    }

    private static Held held(InstanceSettings instance, VirtualAddress address) {
        return new Held(Addresses.device(instance, address), address.address().toString(), address.prefixLength());
    }

    private static Held held(NodeView node, LinkAddress address) {
        return new Held(node.nameOf(address.linkIndex()), address.address().toString(), address.prefixLength());
    }
}
