package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** What the agent does with the kernel, each once, in a process of its own; prints what it came to. */
final class UnprivilegedProbe {
    private UnprivilegedProbe() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("capabilities " + Capability.effective());
        System.out.println("settings " + LinkSettings.read("eth0").ipv6());
        System.out.println("realtime " + Realtime.enter(10).map(Throwable::getMessage));
        try (Netlink netlink = Netlink.open();
                NetlinkMonitor monitor = NetlinkMonitor.open();
                Poller poller = Poller.open()) {
            Link link = netlink.links().getLast();
            poller.add(monitor.fd());
            for (Family family : Family.values()) {
                IpAddress virtual = IpAddress.parse(family == Family.IPV4 ? "10.9.0.100" : "fd09::100");
                int prefixLength = family.octets() * 8;
                IpAddress primary = PrimaryAddress.of(netlink.addresses(), link.index(), family, Set.of())
                        .orElseThrow();
                try (AdvertisementReceiver receiver = AdvertisementReceiver.open(link, family, true);
                        AdvertisementSender sender = AdvertisementSender.open(link, primary);
                        Announcer announcer = Announcer.open(link, false)) {
                    netlink.addAddress(link, virtual, prefixLength, 0, Optional.empty(), Netlink.OWN_PROTOCOL);
                    sender.send(ByteBuffer.allocate(8), VrrpGroup.of(family));
                    announcer.announce(virtual);
                    System.out.println(family + " received " + receiver.receive(new ReceivedPacket()) + " removed "
                            + netlink.removeAddress(link, virtual, prefixLength));
                }
            }
            monitor.drain(event -> {});
        } catch (SystemCallException e) {
            System.out.println(e.getMessage());
        }
    }
}
