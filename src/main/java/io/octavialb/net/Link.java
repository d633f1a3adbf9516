package io.octavialb.net;

/**
 * A network interface as the kernel describes it (RTM_NEWLINK).
 *
 * @param index the kernel's number; another one after the interface was deleted and created again
 * @param up set up by the administrator, with carrier and operational (IFF_UP, IFF_LOWER_UP, IFF_RUNNING)
 * @param ethernet whether neighbours find addresses on it by ARP and neighbour discovery with 48-bit addresses
 * @param hardwareAddress the 48 bits of an Ethernet address, else 0
 * @param mtu in octets
 */
public record Link(int index, String name, boolean up, boolean ethernet, long hardwareAddress, int mtu) {}
