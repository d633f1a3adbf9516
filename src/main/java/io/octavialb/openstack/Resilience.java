package io.octavialb.openstack;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What stands between a request and a cloud that has trouble: retries, a limit on parallel calls, circuit breakers.
 *
 * <p>Retried is only what is safe to repeat: reads that failed for a reason that may pass, and changes that the cloud
 * says it has not looked at. A change whose answer is lost is the caller's to look into. The breakers count failed
 * connections and 502 to 504 alone, so that what is wrong with one load balancer never stops the others.
 */
final class Resilience {
    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);
    private static final double FACTOR = 2.5;
    private static final double JITTER = 0.4;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);

    private final Bulkhead parallel;
    private final Map<ApiService, CircuitBreaker> breakers = new EnumMap<>(ApiService.class);
    private final Retry retry;

    /**
     * Makes it for one cloud.
     *
     * @param parallelCalls how many requests may be under way at once
     * @param patience how long a request waits for its turn
     */
    Resilience(int parallelCalls, Duration patience) {
        this.parallel = Bulkhead.of(
                "openstack",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(parallelCalls)
                        .maxWaitDuration(patience)
                        .fairCallHandlingStrategyEnabled(true)
                        .build());
        Arrays.stream(ApiService.values())
                .forEach(service -> breakers.put(service, CircuitBreaker.of(service.label(), breakerConfig())));
        this.retry = Retry.of(
                "openstack",
                RetryConfig.custom()
                        .maxAttempts(ATTEMPTS)
                        .retryOnException(Resilience::worthRetrying)
                        .intervalBiFunction(Resilience::wait)
                        .build());
    }

    private static CircuitBreakerConfig breakerConfig() {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(60)
                .waitDurationInOpenState(Duration.ofSeconds(10))
                .permittedNumberOfCallsInHalfOpenState(2)
                .recordException(Resilience::endpointIsDown)
                .build();
    }

    <T> T call(ApiService service, ApiRequest request, Supplier<T> attempt) {
        return retried(request, guarded(service, Bulkhead.decorateSupplier(parallel, attempt)), service);
    }

    /** For authentication, which all others wait for. */
    <T> T unlimited(ApiService service, ApiRequest request, Supplier<T> attempt) {
        return retried(request, guarded(service, attempt), service);
    }

    private <T> Supplier<T> guarded(ApiService service, Supplier<T> attempt) {
        return CircuitBreaker.decorateSupplier(Objects.requireNonNull(breakers.get(service)), attempt);
    }

    private <T> T retried(ApiRequest request, Supplier<T> guarded, ApiService service) {
        return Retry.decorateSupplier(retry, () -> {
                    try {
                        return guarded.get();
                    } catch (CallNotPermittedException e) {
                        throw notSent(request, service.label() + " has failed too often and is asked again soon", e);
                    } catch (BulkheadFullException e) {
                        throw notSent(request, "too many requests are under way", e);
                    }
                })
                .get();
    }

    private static CloudException notSent(ApiRequest request, String why, RuntimeException cause) {
        return new CloudException(
                new Fault(Kind.CIRCUIT_OPEN, request.label(), request.mutates(), 0, why, null, null), cause);
    }

    private static boolean endpointIsDown(Throwable failure) {
        if (!(failure instanceof CloudException e)) {
            return false;
        }
        int status = e.fault().status();
        return switch (e.fault().kind()) {
            case UNREACHABLE, NO_ANSWER -> true;
            case SERVER_ERROR -> status >= 502 && status <= 504;
            case UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    CONFLICT,
                    BAD_REQUEST,
                    TOO_MANY_REQUESTS,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    NO_ENDPOINT -> false;
        };
    }

    private static boolean worthRetrying(Throwable failure) {
        return failure instanceof CloudException e && worthRetrying(e.fault());
    }

    private static boolean worthRetrying(Fault fault) {
        return switch (fault.kind()) {
            case UNREACHABLE, TOO_MANY_REQUESTS -> true;
            case SERVER_ERROR -> !fault.mutation() || (fault.status() == 503 && fault.retryAfter() != null);
            case NO_ANSWER, MALFORMED -> !fault.mutation();
            case UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, BAD_REQUEST, CIRCUIT_OPEN, NO_ENDPOINT -> false;
        };
    }

    /** The cloud's own Retry-After, or ours where it names none. */
    private static long wait(int attempt, Either<Throwable, Object> result) {
        long ours = IntervalFunction.ofExponentialRandomBackoff(FIRST_WAIT, FACTOR, JITTER)
                .apply(attempt);
        if (result.isLeft()
                && result.getLeft() instanceof CloudException e
                && e.fault().retryAfter() != null) {
            Duration asked = e.fault().retryAfter();
            return Math.max(ours, Math.min(asked.toMillis(), LONGEST_RETRY_AFTER.toMillis()));
        }
        return ours;
    }
}
