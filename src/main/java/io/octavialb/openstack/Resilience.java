package io.octavialb.openstack;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps one API's trouble from becoming ours: repetition, a limit on parallel calls, a circuit breaker.
 *
 * <p>The breaker counts only what tells that the API itself is out of order, lost connections and 502 to 504, for a
 * Service whose every request ends in 409 or 500 must not stop the others. A time-out tells nothing of either kind.
 */
final class Resilience {
    private static final Logger LOG = LoggerFactory.getLogger(Resilience.class);

    private final Limits limits;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final IntervalFunction pauses;

    Resilience(Api api, Limits limits, Duration longestWait) {
        this.limits = limits;
        bulkhead = Bulkhead.of(
                api.name(),
                BulkheadConfig.custom()
                        .maxConcurrentCalls(limits.parallelCalls())
                        .maxWaitDuration(longestWait)
                        .fairCallHandlingStrategyEnabled(true)
                        .build());
        breaker = CircuitBreaker.of(
                api.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .waitDurationInOpenState(limits.openFor())
                        .recordException(Resilience::outOfOrder)
                        .ignoreException(Resilience::timedOut)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> LOG.info(
                        "{}: circuit breaker {}",
                        api,
                        event.getStateTransition().getToState()));
        pauses = IntervalFunction.ofExponentialRandomBackoff(limits.firstPause(), 2.0, 0.5);
    }

    /** Repeats the call where that is safe and may help. */
    <T> T repeated(ApiRequest request, Supplier<T> call) {
        long start = System.nanoTime();
        RetryConfig config = RetryConfig.<T>custom()
                .maxAttempts(limits.attempts())
                .failAfterMaxAttempts(false)
                .intervalBiFunction(
                        (attempt, result) -> pause(attempt, result.getLeft()).toMillis())
                .retryOnException(e -> repeatable(request, e) && inTime(start, e))
                .build();
        return Retry.of(request.label(), config).executeSupplier(call);
    }

    /** Sends one request, when there is room for it and the API is not known to be out of order. */
    <T> T limited(ApiRequest request, Supplier<T> send) {
        try {
            return bulkhead.executeSupplier(() -> breaker.executeSupplier(send));
        } catch (BulkheadFullException e) {
            throw new CloudException(
                    Faults.unsent(
                            request,
                            Kind.TOO_MANY_REQUESTS,
                            "not sent: " + limits.parallelCalls() + " other requests were under way all the time"),
                    null);
        } catch (CallNotPermittedException e) {
            throw new CloudException(
                    Faults.unsent(
                            request,
                            Kind.CIRCUIT_OPEN,
                            "not sent: the API is out of order; tried again within "
                                    + limits.openFor().toSeconds() + " s"),
                    null);
        }
    }

    /** Only the request's own faults: those of the log-in that it needed were repeated there. */
    private static boolean repeatable(ApiRequest request, Throwable e) {
        if (!(e instanceof CloudException cloud)
                || !cloud.fault().request().equals(request.label())
                || Thread.currentThread().isInterrupted()) {
            return false;
        }
        Fault fault = cloud.fault();
        boolean reading = !request.mutation();
        return switch (fault.kind()) {
            case UNREACHABLE -> true;
            case TOO_MANY_REQUESTS -> fault.status() != 0;
            case SERVER_ERROR -> reading || (fault.status() == 503 && fault.retryAfter() != null);
            case NO_ANSWER, MALFORMED -> reading;
            case UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, BAD_REQUEST, CIRCUIT_OPEN, TENURE_OVER, NO_ENDPOINT ->
                false;
        };
    }

    private boolean inTime(long start, Throwable e) {
        return Duration.ofNanos(System.nanoTime() - start).plus(asked(e)).compareTo(limits.longestCall()) <= 0;
    }

    private Duration pause(int attempt, Throwable e) {
        Duration own = Duration.ofMillis(pauses.apply(attempt));
        return asked(e).compareTo(own) > 0 ? asked(e) : own;
    }

    /** What Retry-After asks for. */
    private static Duration asked(Throwable e) {
        Duration retryAfter = e instanceof CloudException cloud ? cloud.fault().retryAfter() : null;
        return retryAfter == null ? Duration.ZERO : retryAfter;
    }

    private static boolean outOfOrder(Throwable e) {
        if (!(e instanceof CloudException cloud)) {
            return false;
        }
        Fault fault = cloud.fault();
        return switch (fault.kind()) {
            case UNREACHABLE -> true;
            case NO_ANSWER -> !timedOut(e);
            case SERVER_ERROR -> fault.status() >= 502 && fault.status() <= 504;
            case UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    CONFLICT,
                    BAD_REQUEST,
                    TOO_MANY_REQUESTS,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    TENURE_OVER,
                    NO_ENDPOINT -> false;
        };
    }

    private static boolean timedOut(Throwable e) {
        return e instanceof CloudException cloud
                && cloud.fault().kind() == Kind.NO_ANSWER
                && (e.getCause() instanceof TimeoutException
                        || e.getCause() instanceof HttpTimeoutException
                        || e.getCause() instanceof InterruptedException);
    }
}
