package io.octavialb.net;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory as the C library's structures have it. */
final class Octets {
    private Octets() {}

    /**
     * A view of memory, in the machine's order. A segment's own accessors are made of method handles, each of which costs the
     * start of an agent about a millisecond.
     */
    static ByteBuffer of(MemorySegment memory) {
        return memory.asByteBuffer().order(ByteOrder.nativeOrder());
    }
}
