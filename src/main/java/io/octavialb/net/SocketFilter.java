package io.octavialb.net;

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
    static ByteBuffer nothing() {
        ByteBuffer program = program(1);
        put(program, RETURN, 0, 0, 0);
        return program.flip();
    }

    /**
     * Lets through what is at least two octets of VRRP with one of these virtual router identifiers in its second octet
     * (RFC 9568 §5.1), right or wrong: what concerns one of ours is to be counted.
     */
    static ByteBuffer virtualRouters(Family family, BitSet identifiers) {
        ByteBuffer program = program(2 * identifiers.cardinality() + 3);
        if (family == Family.IPV4) {
            put(program, LOAD_HEADER_LENGTH, 0, 0, 0);
            put(program, LOAD_OCTET_AT_X, 0, 0, 1);
        } else {
            put(program, LOAD_OCTET, 0, 0, 1);
        }
        identifiers.stream().forEach(identifier -> {
            put(program, JUMP_IF_EQUAL, 0, 1, identifier);
            put(program, RETURN, 0, 0, WHOLE_PACKET);
        });
        put(program, RETURN, 0, 0, 0);
        return program.flip();
    }

    /** Puts a program on a socket in place of the one before. */
    static void attach(KernelSocket socket, ByteBuffer program) throws SystemCallException {
        Arena arena = Arena.ofAuto();
        MemorySegment code = arena.allocate(program.limit(), Long.BYTES).copyFrom(MemorySegment.ofBuffer(program));
        MemorySegment descriptor = arena.allocate(16, Long.BYTES);
        Octets.of(descriptor)
                .putShort(0, (short) (program.limit() / INSTRUCTION_OCTETS))
                .putLong(8, code.address());
        socket.set(Linux.SOL_SOCKET, Linux.SO_ATTACH_FILTER, "SO_ATTACH_FILTER", descriptor);
    }

    private static ByteBuffer program(int instructions) {
        return ByteBuffer.allocate(instructions * INSTRUCTION_OCTETS).order(ByteOrder.nativeOrder());
    }

    /** Appends an instruction that passes over {@code ifTrue} or {@code ifFalse} others, as the comparison comes out. */
    private static void put(ByteBuffer program, int code, int ifTrue, int ifFalse, int operand) {
        program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
    }
}
