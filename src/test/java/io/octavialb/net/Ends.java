package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.util.Set;

/**
 * Two hosts with a cable between them, as two network namespaces: 10.9.0.1 and 10.9.0.2, fd09::1 and fd09::2, and link-local
 * addresses, all usable at once.
 */
final class Ends implements AutoCloseable {
    static final IpAddress LEFT_IPV4 = IpAddress.parse("10.9.0.1");
    static final IpAddress RIGHT_IPV4 = IpAddress.parse("10.9.0.2");

    final Namespace left;
    final Namespace right;

    private Ends(Namespace left, Namespace right) {
        this.left = left;
        this.right = right;
    }

    /** @param name of at most 8 characters, of the test */
    static Ends create(String name) {
        Ends ends = new Ends(Namespace.create("olb-net-" + name + "-l"), Namespace.create("olb-net-" + name + "-r"));
        ends.connect();
        return ends;
    }

    /** Lays the cable, again after one end was deleted. */
    void connect() {
        Namespace.connect(left, "eth0", right, "eth0");
        left.ip("addr", "add", "10.9.0.1/24", "dev", "eth0");
        right.ip("addr", "add", "10.9.0.2/24", "dev", "eth0");
        left.ip("addr", "add", "fd09::1/64", "dev", "eth0", "nodad");
        right.ip("addr", "add", "fd09::2/64", "dev", "eth0", "nodad");
    }

    /** The interface as it is now. */
    static Link link(Namespace namespace) {
        return link(namespace, "eth0");
    }

    static Link link(Namespace namespace, String name) {
        return namespace.call(() -> {
            try (Netlink netlink = Netlink.open()) {
                return netlink.links().stream()
                        .filter(link -> link.name().equals(name))
                        .findFirst()
                        .orElseThrow();
            }
        });
    }

    static IpAddress primary(Namespace namespace, Family family) {
        int index = link(namespace).index();
        return namespace.call(() -> {
            try (Netlink netlink = Netlink.open()) {
                return PrimaryAddress.of(netlink.addresses(), index, family, Set.of())
                        .orElseThrow();
            }
        });
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
