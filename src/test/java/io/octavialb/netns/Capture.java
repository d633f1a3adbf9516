package io.octavialb.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.ObjIntConsumer;

/** A thread that reads frames until it is closed. */
final class Capture implements AutoCloseable {
    private final PacketSocket socket;
    private final Thread thread;
    private volatile boolean stopped;

    Capture(PacketSocket socket, ObjIntConsumer<PacketSocket> frames) {
        this.socket = socket;
        thread = Thread.ofPlatform().daemon().start(() -> read(frames));
    }

    private void read(ObjIntConsumer<PacketSocket> frames) {
        try {
            while (!stopped) {
                int length = socket.receive();
                if (length > 0) {
                    frames.accept(socket, length);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
