package io.octavialb.openstack;

import java.time.Duration;
import java.time.Instant;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/**
 * A token and its catalog.
 *
 * @param goodUntil shortly before the token expires, by our clock
 */
record Session(KeystoneToken token, Instant goodUntil) {
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(2);

    /** A token got just now. Keystone's clock may differ from ours: only the life that it gives the token counts. */
    static Session startedAt(Instant now, KeystoneToken token) {
        if (token.getExpires() == null) {
            return new Session(token, Instant.MAX);
        }
        Instant issued = token.getIssuedAt() == null ? now : token.getIssuedAt().toInstant();
        Duration life = Duration.between(issued, token.getExpires().toInstant());
        Duration tenth = life.dividedBy(10);
        Duration margin = tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
        return new Session(token, now.plus(life).minus(margin));
    }

    boolean goodAt(Instant now) {
        return now.isBefore(goodUntil);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Session[goodUntil=" + goodUntil + "]";
    }
}
