package io.octavialb.vip;

import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.Tracked;
import io.octavialb.vrrp.VirtualRouter;
import java.util.ArrayList;
import java.util.List;

/**
 * What all that an instance depends on makes of it.
 *
 * @param priority the configured one with the weights of what it tracks, 1 to 254; an owner's stays 255
 * @param faults what is broken, in words; none when it can take part
 * @param cutOff whether its own interface is among the broken, so that nothing can be sent
 * @param awaited whether a check that could put it in fault has not said anything yet
 */
record Standing(int priority, List<String> faults, boolean cutOff, boolean awaited) {
    Standing {
        faults = List.copyOf(faults);
    }

    Standing withFault(String fault) {
        List<String> all = new ArrayList<>(faults);
        all.add(fault);
        return new Standing(priority, all, cutOff, awaited);
    }

    Standing cutOffBy(String fault) {
        return new Standing(priority, withFault(fault).faults(), true, awaited);
    }

    /** What is known of the node now. */
    interface Conditions {
        boolean up(String interfaceName);

        Health check(String name);
    }

    /** What a check has found. */
    enum Health {
        UNKNOWN,
        GOOD,
        BAD
    }

    /**
     * @param interfaces what the instance and its sync group track
     * @param checks what the instance and its sync group track
     * @param unusable why its own interface can't be used; empty when it can
     */
    static Standing of(
            InstanceSettings instance,
            List<Tracked> interfaces,
            List<Tracked> checks,
            String unusable,
            Conditions conditions) {
        List<String> faults = new ArrayList<>();
        if (!unusable.isEmpty()) {
            faults.add(unusable);
        }
        int weights = 0;
        boolean awaited = false;
        for (Tracked tracked : interfaces) {
            boolean up = conditions.up(tracked.name());
            weights += weight(tracked, up);
            if (!up && tracked.weight() == 0) {
                faults.add("interface " + tracked.name() + " is down");
            }
        }
        for (Tracked tracked : checks) {
            Health health = conditions.check(tracked.name());
            if (tracked.weight() == 0) {
                awaited |= health == Health.UNKNOWN;
                if (health == Health.BAD) {
                    faults.add("check " + tracked.name() + " fails");
                }
            } else if (health != Health.UNKNOWN) {
                weights += weight(tracked, health == Health.GOOD);
            }
        }
        return new Standing(priority(instance.priority(), weights), faults, !unusable.isEmpty(), awaited);
    }

    private static int weight(Tracked tracked, boolean good) {
        return tracked.weight() > 0 == good ? tracked.weight() : 0;
    }

    private static int priority(int configured, int weights) {
        return configured == VirtualRouter.OWNER_PRIORITY
                ? configured
                : Math.clamp(configured + weights, 1, VirtualRouter.OWNER_PRIORITY - 1);
    }
}
