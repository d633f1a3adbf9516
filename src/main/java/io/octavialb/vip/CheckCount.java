package io.octavialb.vip;

import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.CheckSettings;

/**
 * The verdict of a check from its runs so far: the first run decides at once, unless it is to start failed; then
 * {@code fall} failures in a row make it bad, and {@code rise} successes in a row good.
 *
 * @param streak runs in a row that speak against {@code health}
 */
record CheckCount(Health health, int streak) {
    static CheckCount start(CheckSettings check) {
        return new CheckCount(check.startsFailed() ? Health.BAD : Health.UNKNOWN, 0);
    }

    CheckCount after(boolean success, CheckSettings check) {
        Health seen = success ? Health.GOOD : Health.BAD;
        if (health == Health.UNKNOWN || health == seen) {
            return new CheckCount(seen, 0);
        }
        int needed = success ? check.rise() : check.fall();
        return streak + 1 >= needed ? new CheckCount(seen, 0) : new CheckCount(health, streak + 1);
    }
}
