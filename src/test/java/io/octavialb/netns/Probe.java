package io.octavialb.netns;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends an ICMP echo request every millisecond through its own network stack, so that its neighbour table decides who
 * gets it, and records when each answer arrived and from which hardware address.
 */
final class Probe implements AutoCloseable {
    static final long PERIOD = WallClock.MILLISECOND;

    /** What an answer may take on a busy machine; what takes longer is lost. */
    private static final long LATE = 500 * WallClock.MILLISECOND;

    private static final int ECHO_LENGTH = 16;
    private static final int ETHERNET = 14;

    private final boolean ipv6;
    private final int identifier = (int) (System.nanoTime() >>> 4) & 0x7fff;
    private final int fd;
    private final MemorySegment target;
    private final Capture capture;
    private final Thread sender;
    private volatile boolean stopped;
    private long[] sent = new long[1 << 14];
    private long[] answered = new long[1 << 14];
    private long[] answerer = new long[1 << 14];
    private int count;

    Probe(Rig rig, String address) {
        try {
            InetAddress to = InetAddress.getByName(address);
            ipv6 = to instanceof Inet6Address;
            NetworkNamespace client = rig.client().namespace();
            fd = client.within(
                    () -> Linux.socket(ipv6 ? Linux.AF_INET6 : Linux.AF_INET, Linux.SOCK_RAW, ipv6 ? 58 : 1));
            target = socketAddress(to);
            int ethertype = ipv6 ? PacketSocket.ETH_P_IPV6 : PacketSocket.ETH_P_IP;
            capture = new Capture(PacketSocket.open(client, "eth0", ethertype), this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sender = Thread.ofPlatform().daemon().start(this::send);
    }

    private static MemorySegment socketAddress(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean ipv6 = octets.length == 16;
        MemorySegment segment = Arena.ofShared().allocate(ipv6 ? 28 : 16, 8);
        segment.set(JAVA_BYTE, 0, (byte) (ipv6 ? Linux.AF_INET6 : Linux.AF_INET));
        MemorySegment.copy(octets, 0, segment, JAVA_BYTE, ipv6 ? 8 : 4, octets.length);
        return segment;
    }

    private void send() {
        MemorySegment packet = Arena.ofShared().allocate(ECHO_LENGTH);
        ByteBuffer octets = packet.asByteBuffer();
        long due = System.nanoTime();
        while (!stopped) {
            int number = begin();
            octets.putShort(0, (short) (ipv6 ? 128 << 8 : 8 << 8))
                    .putShort(2, (short) 0)
                    .putShort(4, (short) identifier)
                    .putShort(6, (short) number)
                    .putLong(8, number);
            if (!ipv6) {
                octets.putShort(2, checksum(octets));
            }
            // That there is no way to the address just now is one of the answers.
            Linux.send(fd, packet, ECHO_LENGTH, target);
            due += PERIOD;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private synchronized int begin() {
        if (count == sent.length) {
            sent = Arrays.copyOf(sent, 2 * count);
            answered = Arrays.copyOf(answered, 2 * count);
            answerer = Arrays.copyOf(answerer, 2 * count);
        }
        sent[count] = WallClock.now();
        return count++;
    }

    /** The Internet checksum (RFC 1071) over an even number of octets. */
    static short checksum(ByteBuffer octets) {
        int sum = 0;
        for (int i = 0; i < octets.limit(); i += 2) {
            sum += octets.getShort(i) & 0xffff;
        }
        sum = (sum >> 16) + (sum & 0xffff);
        return (short) ~(sum + (sum >> 16));
    }

    private void answer(PacketSocket socket, int length) {
        int icmp = ETHERNET + (ipv6 ? 40 : 20);
        if (length < icmp + ECHO_LENGTH
                || socket.unsigned8(ETHERNET + (ipv6 ? 6 : 9)) != (ipv6 ? 58 : 1)
                || socket.unsigned8(icmp) != (ipv6 ? 129 : 0)
                || socket.unsigned16(icmp + 4) != identifier) {
            return;
        }
        int number = socket.int32(icmp + 12);
        synchronized (this) {
            if (number < count && answered[number] == 0) {
                answered[number] = socket.time();
                answerer[number] = socket.source();
                notifyAll();
            }
        }
    }

    /** What was sent from that time on, in the order of sending; answers may still be on their way. */
    synchronized ProbeRecord since(long time) {
        return record(firstSince(time), count);
    }

    /** What was sent from that time until now, once it was answered or is lost. */
    synchronized ProbeRecord completeSince(long time) {
        int first = firstSince(time);
        int end = count;
        long patience = WallClock.now() + LATE;
        try {
            for (long left = LATE; left > 0 && !isAnswered(first, end); left = patience - WallClock.now()) {
                wait(left / WallClock.MILLISECOND + 1);
            }
        } catch (InterruptedException e) {
            throw Command.interrupted(e);
        }
        return record(first, end);
    }

    private int firstSince(long time) {
        int first = Arrays.binarySearch(sent, 0, count, time);
        return first < 0 ? -first - 1 : first;
    }

    private boolean isAnswered(int first, int end) {
        return Arrays.stream(answered, first, end).allMatch(time -> time != 0);
    }

    private ProbeRecord record(int first, int end) {
        return new ProbeRecord(
                Arrays.copyOfRange(sent, first, end),
                Arrays.copyOfRange(answered, first, end),
                Arrays.copyOfRange(answerer, first, end));
    }

    @Override
    public void close() {
        stopped = true;
        try {
            sender.join();
        } catch (InterruptedException e) {
            throw Command.interrupted(e);
        }
        Linux.close(fd);
        capture.close();
    }
}
