package io.octavialb.vip;

import io.octavialb.net.Link;
import io.octavialb.net.LinkAddress;
import io.octavialb.net.LinkEvent;
import io.octavialb.net.Netlink;
import io.octavialb.net.NetlinkMonitor;
import io.octavialb.net.SystemCallException;
import io.octavialb.vrrp.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows this node's interfaces and addresses as the kernel tells of them, and tells the instances what concerns them at once. */
final class NodeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

    private final Netlink netlink;
    private final NetlinkMonitor monitor;
    private final NodeView node;
    private final Addresses addresses;
    private final List<LinkAddress> removed = new ArrayList<>();
    private final List<Link> moved = new ArrayList<>();
    private boolean changed;
    private boolean overrun;

    private NodeWatch(Netlink netlink, NetlinkMonitor monitor, NodeView node, Addresses addresses) {
        this.netlink = netlink;
        this.monitor = monitor;
        this.node = node;
        this.addresses = addresses;
    }

    /** Begins, and reads into the view what is there. */
    static NodeWatch open(Netlink netlink, NodeView node, Addresses addresses) throws SystemCallException {
        NodeWatch watch = new NodeWatch(netlink, NetlinkMonitor.open(), node, addresses);
        watch.read();
        return watch;
    }

    /** Readable when there is something to {@link #drain}. */
    int fd() {
        return monitor.fd();
    }

    /** Takes what the kernel has told; returns whether anything changed. */
    boolean drain(Supplier<Collection<Instance>> instances) throws SystemCallException {
        changed = false;
        monitor.drain(this::hear);
        if (changed || overrun) {
            tell(instances.get());
        }
        return changed;
    }

    /** Whether events were lost and what is there could not be read since: worth another {@link #drain} soon. */
    boolean blind() {
        return overrun;
    }

    private void read() throws SystemCallException {
        node.replace(netlink.links(), netlink.addresses());
        overrun = false;
    }

    private void hear(LinkEvent event) {
        changed = true;
        switch (event) {
            case LinkEvent.Overrun _ -> {
                LOG.warn("more changes of interfaces than the kernel could tell: all are read again");
                overrun = true;
            }
            case LinkEvent.AddressRemoved(var address) -> {
                node.apply(event);
                removed.add(address);
            }
            case LinkEvent.LinkRemoved _ -> {
                node.apply(event);
                addresses.forgetLinks();
            }
            case LinkEvent.LinkChanged(var link) -> {
                Link before = node.link(link.index());
                node.apply(event);
                boolean back = before != null && link.up() && !before.up();
                if (back || (before != null && before.hardwareAddress() != link.hardwareAddress())) {
                    moved.add(link);
                }
            }
            case LinkEvent.AddressAdded _ -> node.apply(event);
        }
    }

    /** When all that has happened is known: an address may be there again, put on by this program itself. */
    private void tell(Collection<Instance> instances) {
        removed.forEach(address -> lost(address, instances));
        removed.clear();
        moved.forEach(link -> instances.forEach(instance -> instance.announceOn(link.name())));
        moved.clear();
        if (overrun) {
            readAgain(instances);
        }
    }

    private void lost(LinkAddress address, Collection<Instance> instances) {
        Link link = node.link(address.linkIndex());
        if (link == null || node.has(link, address.address())) {
            return;
        }
        for (Instance instance : instances) {
            boolean own = instance.held()
                    .anyMatch(one -> one.address().equals(address.address())
                            && link.name().equals(Addresses.device(instance.settings(), one)));
            if (own && instance.holds()) {
                instance.tell(new Event.AddressLost());
            }
        }
    }

    /** A failure here must not keep advertisements waiting: it is tried again. */
    private void readAgain(Collection<Instance> instances) {
        try {
            read();
            changed = true;
            addresses.forgetLinks();
            instances.forEach(this::missed);
        } catch (SystemCallException e) {
            LOG.error("interfaces could not be read, which is tried again: {}", e.getMessage());
        }
    }

    private void missed(Instance instance) {
        boolean absent = instance.held().anyMatch(one -> addresses.absent(instance.settings(), one));
        if (instance.holds() && absent) {
            instance.tell(new Event.AddressLost());
        }
    }

    @Override
    public void close() {
        monitor.close();
    }
}
