package io.octavialb.openstack;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the times that Octavia was out of order: after each, it may be another version. Passes everything on. */
final class OctaviaOutages implements Attempt.Observer {
    private final Attempt.Observer next;
    private final AtomicInteger count = new AtomicInteger();

    OctaviaOutages(Attempt.Observer next) {
        this.next = next;
    }

    int count() {
        return count.get();
    }

    @Override
    public void ended(Attempt attempt) {
        boolean gateway = attempt.status() >= 502 && attempt.status() <= 504;
        if (gateway || attempt.failure() == CloudException.Kind.UNREACHABLE) {
            count.incrementAndGet();
        }
        next.ended(attempt);
    }
}
