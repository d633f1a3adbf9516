package io.octavialb.vip;

import io.octavialb.net.Announcer;
import io.octavialb.net.Link;
import io.octavialb.net.LinkSettings;
import io.octavialb.net.Netlink;
import io.octavialb.net.SystemCallException;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.VirtualAddress;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts virtual addresses on interfaces, takes them off and announces them. A refusal is logged; {@link Holding} tries again. */
final class Addresses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);

    private final Netlink netlink;
    private final NodeView node;
    private final Map<Integer, Announcing> announcers = new HashMap<>();

    /** An announcer and the link as it was when it was opened: another hardware address needs another one. */
    private record Announcing(Announcer announcer, Link link) {}

    Addresses(Netlink netlink, NodeView node) {
        this.netlink = netlink;
        this.node = node;
    }

    static String device(InstanceSettings instance, VirtualAddress address) {
        return address.device().orElse(instance.interfaceName());
    }

    /** Says whether it is there now. */
    boolean add(InstanceSettings instance, VirtualAddress address) {
        Link link = node.link(device(instance, address));
        if (link == null) {
            LOG.warn("{}: {} is not there to put {} on", instance.name(), device(instance, address), address.address());
            return false;
        }
        try {
            netlink.addAddress(
                    link,
                    address.address(),
                    address.prefixLength(),
                    address.scope(),
                    address.label(),
                    Netlink.OWN_PROTOCOL);
            return true;
        } catch (SystemCallException e) {
            LOG.error("{}: {}", instance.name(), e.getMessage());
            return false;
        }
    }

    /** Says whether it is gone now. */
    boolean remove(InstanceSettings instance, VirtualAddress address) {
        Link link = node.link(device(instance, address));
        return link == null || remove(instance.name(), link, address);
    }

    private boolean remove(String instance, Link link, VirtualAddress address) {
        try {
            netlink.removeAddress(link, address.address(), address.prefixLength());
            return true;
        } catch (SystemCallException e) {
            LOG.error("{}: {}", instance, e.getMessage());
            return false;
        }
    }

    void announce(InstanceSettings instance, VirtualAddress address) {
        Link link = node.link(device(instance, address));
        if (link == null || !link.up()) {
            return;
        }
        try {
            announcer(link).announce(address.address());
        } catch (SystemCallException e) {
            LOG.warn("{}: {}", instance.name(), e.getMessage());
        }
    }

    private Announcer announcer(Link link) throws SystemCallException {
        Announcing open = announcers.get(link.index());
        if (open == null
                || open.link().hardwareAddress() != link.hardwareAddress()
                || open.link().ethernet() != link.ethernet()) {
            forget(link.index());
            open = new Announcing(Announcer.open(link, forwardsIpv6(link)), link);
            announcers.put(link.index(), open);
        }
        return open.announcer();
    }

    private static boolean forwardsIpv6(Link link) {
        try {
            return LinkSettings.read(link.name()).forwardsIpv6();
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether the address is not on its interface though that is there. */
    boolean absent(InstanceSettings instance, VirtualAddress address) {
        Link link = node.link(device(instance, address));
        return link != null && !node.has(link, address.address());
    }

    /** Whether the address is on its interface, put there by this program. */
    boolean present(InstanceSettings instance, VirtualAddress address) {
        Link link = node.link(device(instance, address));
        return link != null && node.hasOwn(link, address.address(), address.prefixLength());
    }

    /**
     * Opens what the first failover will use, and walks the way to the kernel once: an address that is not there is taken off.
     */
    void prepare(InstanceSettings instance, VirtualAddress address) {
        Link link = node.link(device(instance, address));
        if (link == null || node.has(link, address.address())) {
            return;
        }
        try {
            announcer(link);
        } catch (SystemCallException e) {
            LOG.warn("{}: {}", instance.name(), e.getMessage());
        }
        remove(instance.name(), link, address);
    }

    /** Links are gone: what was opened on them is of no use. */
    void forgetLinks() {
        List.copyOf(announcers.keySet()).stream()
                .filter(index -> node.link(index) == null)
                .forEach(this::forget);
    }

    private void forget(int linkIndex) {
        Announcing gone = announcers.remove(linkIndex);
        if (gone != null) {
            gone.announcer().close();
        }
    }

    @Override
    public void close() {
        announcers.values().forEach(one -> one.announcer().close());
        announcers.clear();
    }
}
