package io.octavialb.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.octavialb.vrrp.Family;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/** Programs of the classic BPF (linux/filter.h) that let the kernel drop packets nobody here wants, before they cost a wake-up. */
final class SocketFilter {
    private static final int INSTRUCTION_OCTETS = 8;
    private static final int LOAD_HEADER_LENGTH = 0xb1; // BPF_LDX | BPF_B | BPF_MSH: X = 4 * (octet & 15)
    private static final int LOAD_OCTET = 0x30; // BPF_LD | BPF_B | BPF_ABS
    private static final int LOAD_OCTET_AT_X = 0x50; // BPF_LD | BPF_B | BPF_IND
    private static final int JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K
    private static final int WHOLE_PACKET = 0x4_0000;

    private SocketFilter() {}

    /** Drops everything. */
    static byte[] nothing() {
        return program(1).put(instruction(RETURN, 0, 0, 0)).array();
    }

    /**
     * Lets through what is at least two octets of VRRP with one of these virtual router identifiers in its second octet
     * (RFC 9568 §5.1), right or wrong: what concerns one of ours is to be counted.
     */
    static byte[] virtualRouters(Family family, BitSet identifiers) {
        int count = identifiers.cardinality();
        int loads = family == Family.IPV4 ? 2 : 1;
        ByteBuffer program = program(loads + 2 * count + 1);
        if (family == Family.IPV4) {
            program.put(instruction(LOAD_HEADER_LENGTH, 0, 0, 0)).put(instruction(LOAD_OCTET_AT_X, 0, 0, 1));
        } else {
            program.put(instruction(LOAD_OCTET, 0, 0, 1));
        }
        identifiers.stream()
                .forEach(identifier -> program.put(instruction(JUMP_IF_EQUAL, 0, 1, identifier))
                        .put(instruction(RETURN, 0, 0, WHOLE_PACKET)));
        return program.put(instruction(RETURN, 0, 0, 0)).array();
    }

    /** Puts a program on a socket in place of the one before. */
    static void attach(KernelSocket socket, byte[] program) throws SystemCallException {
        Arena arena = Arena.ofAuto();
        MemorySegment code = arena.allocate(program.length, Long.BYTES).copyFrom(MemorySegment.ofArray(program));
        MemorySegment descriptor = arena.allocate(16, Long.BYTES);
        descriptor.set(JAVA_SHORT, 0, (short) (program.length / INSTRUCTION_OCTETS));
        descriptor.set(ADDRESS, 8, code);
        socket.set(Linux.SOL_SOCKET, Linux.SO_ATTACH_FILTER, "SO_ATTACH_FILTER", descriptor);
    }

    private static ByteBuffer program(int instructions) {
        return ByteBuffer.allocate(instructions * INSTRUCTION_OCTETS);
    }

    private static byte[] instruction(int code, int ifTrue, int ifFalse, int operand) {
        return ByteBuffer.allocate(INSTRUCTION_OCTETS)
                .order(ByteOrder.nativeOrder())
                .putShort((short) code)
                .put((byte) ifTrue)
                .put((byte) ifFalse)
                .putInt(operand)
                .array();
    }
}
