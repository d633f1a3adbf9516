package io.octavialb.openstack;

import io.octavialb.config.Credentials;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token that all requests share.
 *
 * <p>However many callers find it missing, expired or refused, one of them authenticates and the others wait for that.
 */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Credentials credentials;
    private final Supplier<Token> authenticate;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Token token;

    Session(Credentials credentials, Supplier<Token> authenticate, InstantSource clock) {
        this.credentials = credentials;
        this.authenticate = authenticate;
        this.clock = clock;
    }

    /** A token that is not known to be refused or expired. */
    Token token() {
        Token current = token;
        return current != null && valid(current) ? current : renewed(current);
    }

    /** A token other than the one that was answered with 401. */
    Token after(Token refused) {
        if (credentials instanceof Credentials.Token) {
            throw new CloudException(
                    new Fault(
                            Kind.UNAUTHENTICATED,
                            "POST /v3/auth/tokens",
                            false,
                            401,
                            "the token of [Global] token is refused and can't be renewed: put a new one there, or "
                                    + "configure a password or an application credential",
                            null,
                            null),
                    null);
        }
        return renewed(refused);
    }

    private Token renewed(@Nullable Token old) {
        lock.lock();
        try {
            Token current = token;
            if (current != null && !current.equals(old) && valid(current)) {
                return current;
            }
            Token fresh = authenticate.get();
            LOG.debug("authenticated, the token expires at {}", fresh.expires());
            token = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private boolean valid(Token candidate) {
        Instant now = clock.instant();
        return now.isBefore(candidate.expires().minus(MARGIN));
    }
}
