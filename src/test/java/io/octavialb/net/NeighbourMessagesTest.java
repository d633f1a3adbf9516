package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NeighbourMessagesTest {
    private static final long HARDWARE = 0x0200_00aa_bbccL;
    private final ByteBuffer message = ByteBuffer.allocate(72);

    @Test
    void anArpRequestAsksForTheSendersOwnAddress() {
        NeighbourMessages.arpRequest(message, HARDWARE, IpAddress.parse("10.9.0.100"));
        assertThat(hex())
                .isEqualTo("0001 0800 06 04 0001 020000aabbcc 0a090064 000000000000 0a090064".replace(" ", ""));
    }

    @Test
    void anArpReplyIsToItsSender() {
        NeighbourMessages.arpReply(message, HARDWARE, IpAddress.parse("10.9.0.100"));
        assertThat(hex())
                .isEqualTo("0001 0800 06 04 0002 020000aabbcc 0a090064 020000aabbcc 0a090064".replace(" ", ""));
    }

    @Test
    void aNeighbourAdvertisementOverridesAndIsFromTheAddressToAllNodes() {
        NeighbourMessages.neighbourAdvertisement(message, HARDWARE, IpAddress.parse("fd09::100"), false);
        String address = "fd090000000000000000000000000100";
        assertThat(hex())
                .isEqualTo(("60000000 0020 3a ff " + address + " ff020000000000000000000000000001"
                                + " 88 00 9c15 20000000 " + address + " 02 01 020000aabbcc")
                        .replace(" ", ""));
        NeighbourMessages.neighbourAdvertisement(message, HARDWARE, IpAddress.parse("fd09::100"), true);
        assertThat(message.get(44)).isEqualTo((byte) 0xa0);
    }

    @Test
    void aHardwareAddressIsReadAsItIsWritten() {
        NeighbourMessages.putHardware(message, 0xfedc_ba98_7654L);
        assertThat(NeighbourMessages.hardware(message.flip())).isEqualTo(0xfedc_ba98_7654L);
    }

    private String hex() {
        byte[] octets = new byte[message.remaining()];
        message.get(0, octets);
        return HexFormat.of().formatHex(octets);
    }
}
