package io.octavialb.vip;

import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.VirtualAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The virtual addresses of one instance, on this node or not. */
final class Holding {
    /** In nanoseconds: how long an active router may be without its addresses until it gives up its role. */
    private static final long PATIENCE = 5_000_000_000L;

    private final Addresses addresses;
    private InstanceSettings settings;
    private boolean refused;
    private @Nullable Long refusedSince;

    Holding(Addresses addresses, InstanceSettings settings) {
        this.addresses = addresses;
        this.settings = settings;
    }

    void hold() {
        refused = false;
        settings.held().forEach(this::add);
    }

    private boolean add(VirtualAddress address) {
        boolean added = addresses.add(settings, address);
        refused |= !added;
        return added;
    }

    void drop() {
        refused = false;
        settings.held().forEach(this::remove);
    }

    private void remove(VirtualAddress address) {
        refused |= !addresses.remove(settings, address);
    }

    void announce() {
        settings.held().forEach(address -> addresses.announce(settings, address));
    }

    /** Those on one interface. */
    void announceOn(String device) {
        settings.held()
                .filter(address -> Addresses.device(settings, address).equals(device))
                .forEach(address -> addresses.announce(settings, address));
    }

    void prepare() {
        settings.held().forEach(address -> addresses.prepare(settings, address));
    }

    /** Puts on again what is not there, for an active router. */
    void restore() {
        refused = false;
        settings.held()
                .filter(address -> addresses.absent(settings, address))
                .filter(this::add)
                .forEach(address -> addresses.announce(settings, address));
        if (!refused) {
            refusedSince = null;
        } else if (refusedSince == null) {
            refusedSince = System.nanoTime();
        }
    }

    /** Takes off again what is there though this is no active router: the kernel refused to before. */
    void clear() {
        refused = false;
        settings.held().filter(address -> addresses.present(settings, address)).forEach(this::remove);
    }

    /** Whether the kernel refused to put an address on or to take it off: worth another try soon. */
    boolean refused() {
        return refused;
    }

    /** Why it can't be active: the kernel refuses an address again and again. Until a reload, or another interface. */
    Optional<String> fault() {
        return refusedSince != null && System.nanoTime() - refusedSince > PATIENCE
                ? Optional.of("the kernel refuses the virtual addresses; reload once that is repaired")
                : Optional.empty();
    }

    /** The kernel may think otherwise now. */
    void tryAgain() {
        refusedSince = null;
    }

    /**
     * Takes other settings on.
     *
     * @param held whether the addresses are on this node; then those that are none any more are taken off, but for one that is to
     *     be there with another prefix length
     * @return what is to be done when all other instances have done so: to put the new ones on
     */
    Runnable reconfigure(InstanceSettings now, boolean held) {
        InstanceSettings former = settings;
        List<VirtualAddress> before = former.held().toList();
        List<VirtualAddress> after = now.held().toList();
        settings = now;
        refusedSince = null;
        if (!held) {
            return () -> {};
        }
        List<VirtualAddress> gone =
                before.stream().filter(one -> !after.contains(one)).toList();
        List<VirtualAddress> otherPrefix = gone.stream()
                .filter(old -> after.stream().anyMatch(one -> samePlace(former, old, now, one)))
                .toList();
        gone.stream().filter(one -> !otherPrefix.contains(one)).forEach(one -> addresses.remove(former, one));
        return () -> {
            after.stream()
                    .filter(one -> !before.contains(one))
                    .filter(this::add)
                    .forEach(one -> addresses.announce(now, one));
            otherPrefix.forEach(one -> addresses.remove(former, one));
        };
    }

    private static boolean samePlace(
            InstanceSettings former, VirtualAddress old, InstanceSettings now, VirtualAddress one) {
        return old.address().equals(one.address())
                && old.prefixLength() != one.prefixLength()
                && Addresses.device(former, old).equals(Addresses.device(now, one));
    }
}
