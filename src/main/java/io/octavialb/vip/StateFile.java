package io.octavialb.vip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A file with the addresses that an agent may have put on its node, so that a later run can take off what a killed one left.
 * Written when the agent starts and when its configuration changes, never while it changes its role.
 */
final class StateFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;

    /** As {@code eth0 192.0.2.10/32}. */
    record Held(String device, String address, int prefixLength) {
        Held {
            Objects.requireNonNull(device, "an address without a device");
            Objects.requireNonNull(address, "an entry without an address");
        }

        /** Spelled out as {@link io.octavialb.vrrp.IpAddress#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Held held
                    && device.equals(held.device)
                    && address.equals(held.address)
                    && prefixLength == held.prefixLength;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * device.hashCode() + address.hashCode()) + prefixLength;
        }
    }

    private record Content(List<Held> addresses) {
        Content {
            addresses = List.copyOf(Objects.requireNonNull(addresses, "there are no addresses"));
        }
    }

    StateFile(Path path) {
        this.path = path;
    }

    /** Nothing when there is no file yet. Throws IOException when there is one that can't be read. */
    Set<Held> read() throws IOException {
        try {
            Content content = JSON.readValue(Files.readAllBytes(path), Content.class);
            if (content == null) {
                throw new IOException(path + " is not what an agent wrote: null");
            }
            return Set.copyOf(content.addresses());
        } catch (NoSuchFileException _) {
            return Set.of();
        } catch (JsonProcessingException e) {
            throw new IOException(path + " is not what an agent wrote: " + e.getOriginalMessage(), e);
        }
    }

    /** Replaces the file as a whole, so that a crash leaves the old one or the new one. */
    void write(Set<Held> held) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path next = path.resolveSibling(path.getFileName() + ".new");
        Files.write(next, JSON.writeValueAsBytes(new Content(List.copyOf(held))));
        try {
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
