package io.octavialb.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Settings of the kernel for one interface that decide whether virtual addresses work on it (ip-sysctl). Each is the one
 * that has effect: where the kernel takes the greater of {@code all} and the interface's own, so does this.
 *
 * @param arpIgnore not 0: answers ARP only on the interface that has the address
 * @param arpAnnounce which source address ARP requests carry
 * @param rpFilter 1: strict reverse path filter, which drops packets that come by another way than the answer goes
 * @param ipv6 whether IPv6 is on for it
 * @param acceptDad above 0: addresses are first looked for on the link; 2: a duplicate link-local address turns IPv6 off
 * @param forwardsIpv6 whether it routes
 */
public record LinkSettings(
        int arpIgnore, int arpAnnounce, int rpFilter, boolean ipv6, int acceptDad, boolean forwardsIpv6) {

    /** Reads them in the network namespace of the calling thread. Throws NoSuchFileException when there is no such interface. */
    public static LinkSettings read(String interfaceName) throws IOException {
        return read(Path.of("/proc/sys/net"), interfaceName);
    }

    static LinkSettings read(Path net, String interfaceName) throws IOException {
        Path ipv4 = net.resolve("ipv4/conf");
        Path ipv6 = net.resolve("ipv6/conf");
        boolean hasIpv6 = Files.exists(ipv6.resolve(interfaceName));
        return new LinkSettings(
                greater(ipv4, interfaceName, "arp_ignore"),
                greater(ipv4, interfaceName, "arp_announce"),
                greater(ipv4, interfaceName, "rp_filter"),
                hasIpv6 && value(ipv6, interfaceName, "disable_ipv6") == 0,
                hasIpv6 ? greater(ipv6, interfaceName, "accept_dad") : 0,
                hasIpv6 && value(ipv6, interfaceName, "forwarding") != 0);
    }

    private static int greater(Path family, String interfaceName, String setting) throws IOException {
        return Math.max(value(family, "all", setting), value(family, interfaceName, setting));
    }

    private static int value(Path family, String interfaceName, String setting) throws IOException {
        Path file = family.resolve(interfaceName).resolve(setting);
        String text = Files.readString(file).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IOException(file + " is not a number: " + text, e);
        }
    }
}
