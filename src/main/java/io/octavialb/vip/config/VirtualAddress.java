package io.octavialb.vip.config;

import io.octavialb.vrrp.IpAddress;
import java.util.Optional;

/**
 * A virtual address as it is put on an interface.
 *
 * @param prefixLength 32 or 128 unless the configuration says another
 * @param device the interface; empty is the instance's own
 * @param label of an IPv4 address, at most 15 octets
 * @param scope number of the scope, 0 is global, 253 link, 254 host
 */
public record VirtualAddress(
        IpAddress address, int prefixLength, Optional<String> device, Optional<String> label, int scope) {}
