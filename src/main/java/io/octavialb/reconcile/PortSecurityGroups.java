package io.octavialb.reconcile;

import com.google.common.util.concurrent.Striped;
import io.octavialb.model.observed.Port;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Neutron;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;

/**
 * The security groups of ports in Neutron, which many write: other programs, and every Service that has the node as a
 * member.
 *
 * <p>They are written as a whole, so a change is made only to what was read: Neutron compares the revision number, and
 * where somebody else was faster, the port is read again and the change made to that. So no group that another has just
 * put there gets lost. Passes of this process change a port one after the other, for ten that begin at once would
 * otherwise refuse each other. Nobody holds two ports, and nobody waits for anything but Neutron while it holds one.
 */
final class PortSecurityGroups {
    private static final int STRIPES = 1024;
    private static final int PRECONDITION_FAILED = 412;
    private static final int ATTEMPTS = 5;
    private static final long LONGEST_FIRST_PAUSE_MILLIS = 50;

    /** A random time, twice as long at most as the one before: who met once does not meet again. */
    static final Pause JITTERED =
            attempt -> Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_FIRST_PAUSE_MILLIS << (attempt - 1)));

    private final Neutron neutron;
    private final Pause pause;
    private final Striped<Lock> ports = Striped.lazyWeakLock(STRIPES);

    PortSecurityGroups(Neutron neutron, Pause pause) {
        this.neutron = neutron;
        this.pause = pause;
    }

    /** Lets time pass after another program was faster. */
    interface Pause {
        /**
         * Lets it pass.
         *
         * @param attempt the one that was refused; the first is 1
         */
        void after(int attempt) throws InterruptedException;
    }

    /** The port as it is with its groups changed; empty when it is gone. */
    Optional<Port> changed(Port read, UnaryOperator<List<String>> change) {
        Lock port = ports.get(read.id());
        boolean first = port.tryLock();
        if (!first) {
            port.lock();
        }
        try {
            Optional<Port> now = first ? Optional.of(read) : neutron.port(read.id());
            return now.flatMap(present -> write(present, change));
        } finally {
            port.unlock();
        }
    }

    private Optional<Port> write(Port read, UnaryOperator<List<String>> change) {
        Port port = read;
        for (int attempt = 1; ; attempt++) {
            List<String> groups = change.apply(port.securityGroups());
            if (groups.equals(port.securityGroups())) {
                return Optional.of(port);
            }
            try {
                return Optional.of(neutron.updatePortSecurityGroups(port, groups));
            } catch (CloudException e) {
                boolean readAgain = e.fault().status() == PRECONDITION_FAILED && attempt < ATTEMPTS;
                if (!readAgain && e.fault().kind() != Kind.NOT_FOUND) {
                    throw e;
                }
                if (readAgain) {
                    pause(attempt, e);
                }
                Optional<Port> now = neutron.port(port.id());
                if (now.isEmpty()) {
                    return now;
                }
                if (!readAgain) {
                    throw e;
                }
                port = now.get();
            }
        }
    }

    private void pause(int attempt, CloudException refusal) {
        try {
            pause.after(attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal;
        }
    }
}
