package io.octavialb.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vrrp.IpAddress;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** As a little-endian machine has them: x86-64 and aarch64. */
class SocketAddressesTest {
    @Test
    void ipv4() {
        assertThat(hex(SocketAddresses.of(IpAddress.parse("10.9.0.100"), 3)))
                .isEqualTo("0200" + "0000" + "0a090064" + "0000000000000000");
    }

    @Test
    void ipv6HasTheInterfaceAsZone() {
        assertThat(hex(SocketAddresses.of(IpAddress.parse("fe80::1:2"), 3)))
                .isEqualTo("0a00" + "0000" + "00000000" + "fe800000000000000000000000010002" + "03000000");
    }

    @Test
    void link() {
        assertThat(hex(SocketAddresses.link(3, Linux.ETH_P_ARP, 0x0200_00aa_bbccL)))
                .isEqualTo("1100" + "0806" + "03000000" + "0000" + "00" + "06" + "020000aabbcc0000");
    }

    @Test
    void netlink() {
        assertThat(hex(SocketAddresses.netlink(0x111))).isEqualTo("1000" + "0000" + "00000000" + "11010000");
    }

    private static String hex(MemorySegment segment) {
        return HexFormat.of().formatHex(segment.toArray(JAVA_BYTE));
    }
}
