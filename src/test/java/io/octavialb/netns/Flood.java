package io.octavialb.netns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A host that sends packets of protocol 112 that concern nobody. */
final class Flood implements AutoCloseable {
    private static final int ETHERNET_AND_IP = 34;
    private static final int VRRP = 12;
    private static final byte[] VIP = {10, 77, 0, 100};
    private static final byte[] OTHER_VIP = {10, 77, 0, (byte) 200};

    private final PacketSocket socket;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long sent;

    /** As many as it can, of which none is a valid advertisement. */
    static Flood ofInvalidPackets(Host from) {
        return new Flood(from, invalid(), 0);
    }

    /**
     * Every 10 ms a valid advertisement with our VRID, a higher priority and another address. (A keepalived that was set up
     * so would be silenced by ours: each advertisement that it does not accept begins its interval anew.)
     */
    static Flood ofAnotherRouter(Host from) {
        return new Flood(
                from, List.of(packet(OTHER_VIP, VRRP, 255, 0x31, RouterConfig.VRID, true)), 10 * WallClock.MILLISECOND);
    }

    private Flood(Host from, List<byte[]> packets, long pause) {
        socket = PacketSocket.open(from.namespace(), "eth0", PacketSocket.ETH_P_IP);
        thread = Thread.ofPlatform().daemon().start(() -> send(packets, pause));
    }

    private void send(List<byte[]> packets, long pause) {
        long count = 0;
        while (!stopped) {
            for (byte[] packet : packets) {
                count += socket.send(packet) ? 1 : 0;
            }
            sent = count;
            if (pause > 0) {
                LockSupport.parkNanos(pause);
            }
        }
    }

    /** Each is what a router of the highest priority would send, but for one thing. */
    private static List<byte[]> invalid() {
        var packets = new ArrayList<byte[]>();
        packets.add(packet(VIP, VRRP, 255, 0x31, RouterConfig.VRID, false));
        packets.add(packet(VIP, 4, 255, 0x31, RouterConfig.VRID, true));
        packets.add(packet(VIP, VRRP, 255, 0x31, RouterConfig.VRID + 1, true));
        packets.add(packet(VIP, VRRP, 254, 0x31, RouterConfig.VRID, true));
        packets.add(packet(VIP, VRRP, 255, 0x41, RouterConfig.VRID, true));
        packets.add(packet(VIP, VRRP, 255, 0x3f, RouterConfig.VRID, true));
        packets.add(packet(VIP, 0, 255, 0, 0, true));
        return packets;
    }

    private static byte[] packet(byte[] vip, int length, int ttl, int versionAndType, int vrid, boolean rightChecksum) {
        byte[] source = {10, 77, 0, 3};
        byte[] group = {(byte) 224, 0, 0, 18};
        byte[] vrrp = new byte[VRRP];
        ByteBuffer.wrap(vrrp)
                .put((byte) versionAndType)
                .put((byte) vrid)
                .put((byte) 255)
                .put((byte) 1)
                .putShort((short) 10)
                .putShort((short) 0)
                .put(vip);
        var pseudo = ByteBuffer.allocate(12 + VRRP).put(source).put(group).putShort((short) 112);
        pseudo.putShort((short) VRRP).put(vrrp);
        ByteBuffer.wrap(vrrp).putShort(6, (short) (Probe.checksum(pseudo) + (rightChecksum ? 0 : 1)));
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_AND_IP + length);
        frame.put(HexFormat.of().parseHex("01005e000012"));
        frame.putInt(PacketSocket.FLOOD_SOURCE).putShort((short) 3).putShort((short) PacketSocket.ETH_P_IP);
        frame.putShort((short) 0x45c0).putShort((short) (20 + length)).putInt(0);
        frame.put((byte) ttl).put((byte) 112).putShort((short) 0);
        frame.put(source).put(group);
        var header = ByteBuffer.wrap(frame.array(), 14, 20).slice();
        frame.putShort(24, Probe.checksum(header));
        frame.put(vrrp, 0, length);
        return frame.array();
    }

    long sent() {
        return sent;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw Command.interrupted(e);
        }
        socket.close();
    }
}
