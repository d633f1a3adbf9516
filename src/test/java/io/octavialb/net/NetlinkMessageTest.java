package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel writes its answers as it reads requests, so requests serve as answers here. */
class NetlinkMessageTest {
    private static final IpAddress VIRTUAL = IpAddress.parse("10.9.0.100");

    @Test
    void anAddressIsReadAsItIsWritten() {
        ByteBuffer request = NetlinkRequest.add(9, 3, VIRTUAL, 32, 253, Optional.of("eth0:vip"), 112);
        List<NetlinkMessage> messages = NetlinkMessage.split(request);
        assertThat(messages).hasSize(1);
        NetlinkMessage message = messages.getFirst();
        assertThat(message.sequence()).isEqualTo(9);
        assertThat(message.flags())
                .isEqualTo(Linux.NLM_F_REQUEST | Linux.NLM_F_ACK | Linux.NLM_F_CREATE | Linux.NLM_F_REPLACE);
        assertThat(message.event())
                .contains(new LinkEvent.AddressAdded(
                        new LinkAddress(3, VIRTUAL, 32, 253, Optional.of("eth0:vip"), 112, 0)));
    }

    @Test
    void anIpv6AddressIsWithoutDuplicateAddressDetection() {
        IpAddress address = IpAddress.parse("fd09::100");
        ByteBuffer request = NetlinkRequest.add(9, 3, address, 128, 0, Optional.empty(), 112);
        assertThat(NetlinkMessage.split(request).getFirst().event())
                .contains(new LinkEvent.AddressAdded(
                        new LinkAddress(3, address, 128, 0, Optional.empty(), 112, Linux.IFA_F_NODAD)));
    }

    @Test
    void aRemovalNamesTheAddressOnly() {
        ByteBuffer request = NetlinkRequest.remove(9, 3, VIRTUAL, 24);
        assertThat(NetlinkMessage.split(request).getFirst().event())
                .contains(new LinkEvent.AddressRemoved(new LinkAddress(3, VIRTUAL, 24, 0, Optional.empty(), 0, 0)));
    }

    @Test
    void severalMessagesAreSplitAndOneCutOffIsLeft() {
        ByteBuffer one = NetlinkRequest.remove(1, 3, VIRTUAL, 24);
        ByteBuffer both = ByteBuffer.allocate(2 * one.limit()).order(ByteOrder.nativeOrder());
        both.put(one.duplicate()).put(NetlinkRequest.remove(2, 3, VIRTUAL, 24)).flip();
        assertThat(NetlinkMessage.split(both))
                .extracting(NetlinkMessage::sequence)
                .containsExactly(1, 2);
        both.limit(both.limit() - 1);
        assertThat(NetlinkMessage.split(both))
                .extracting(NetlinkMessage::sequence)
                .containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"0x10043, true", "0x10003, false", "0x43, false", "0x10042, false", "0x10041, true"})
    void aLinkIsUpWithCarrierAndOperational(String flags, boolean up) {
        assertThat(link(Linux.RTM_NEWLINK, Linux.AF_UNSPEC, Integer.decode(flags)))
                .contains(new LinkEvent.LinkChanged(new Link(3, "eth0", up, true, 0x0200_00aa_bbccL, 1500)));
    }

    @Test
    void aLinkWithoutArpIsNotEthernet() {
        assertThat(link(Linux.RTM_NEWLINK, Linux.AF_UNSPEC, 0x10043 | Linux.IFF_NOARP))
                .contains(new LinkEvent.LinkChanged(new Link(3, "eth0", true, false, 0, 1500)));
    }

    @Test
    void aBridgesMessageAboutItsPortIsNotOneOfALink() {
        int bridge = 7;
        assertThat(link(Linux.RTM_DELLINK, bridge, 0x10043)).isEmpty();
        assertThat(link(Linux.RTM_DELLINK, Linux.AF_UNSPEC, 0x10043)).contains(new LinkEvent.LinkRemoved(3, "eth0"));
    }

    @Test
    void aRefusalHasItsNumberAndTheKernelsRemark() {
        ByteBuffer body = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
        body.putInt(-Errno.ENODEV).position(20);
        attribute(body, Linux.NLMSGERR_ATTR_MSG, "no such thing\0".getBytes(StandardCharsets.UTF_8));
        NetlinkMessage refusal = new NetlinkMessage(Linux.NLMSG_ERROR, Linux.NLM_F_ACK_TLVS, 1, body.flip());
        assertThat(refusal.errno()).isEqualTo(Errno.ENODEV);
        assertThat(refusal.remark()).isEqualTo("no such thing");
        assertThat(new NetlinkMessage(Linux.NLMSG_ERROR, 0, 1, body).remark()).isEmpty();
    }

    private static Optional<LinkEvent> link(int type, int family, int flags) {
        ByteBuffer body = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        body.put((byte) family).put((byte) 0).putShort((short) Linux.ARPHRD_ETHER);
        body.putInt(3).putInt(flags).putInt(0);
        attribute(body, Linux.IFLA_IFNAME, "eth0\0".getBytes(StandardCharsets.UTF_8));
        attribute(body, Linux.IFLA_ADDRESS, new byte[] {2, 0, 0, (byte) 0xaa, (byte) 0xbb, (byte) 0xcc});
        attribute(body, Linux.IFLA_MTU, new byte[] {(byte) 0xdc, 5, 0, 0});
        return new NetlinkMessage(type, 0, 0, body.flip()).event();
    }

    private static void attribute(ByteBuffer body, int type, byte[] value) {
        body.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        body.position((body.position() + 3) & -4);
    }
}
