package io.octavialb.openstack;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of every request to one API: repeated, limited, observed, its failure made a {@link CloudException}. */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Api api;
    private final Resilience resilience;
    private final Faults faults;
    private final Attempt.Observer observer;

    Pipeline(Api api, Resilience resilience, Faults faults, Attempt.Observer observer) {
        this.api = api;
        this.resilience = resilience;
        this.faults = faults;
        this.observer = observer;
    }

    /** Makes the call, and again where that is safe; the call consists of attempts. */
    <T> T call(ApiRequest request, Supplier<T> call) {
        return resilience.repeated(request, call);
    }

    /**
     * Sends once and reads the answer.
     *
     * @param secrets of the request, which an answer may repeat
     */
    <T> T attempt(ApiRequest request, List<String> secrets, Exchange<T> exchange) {
        return resilience.limited(request, () -> observed(request, secrets, exchange));
    }

    /** One exchange: gives what was read, and the status that it was read from. */
    interface Exchange<T> {
        Result<T> run();
    }

    record Result<T>(int status, T value) {}

    private <T> T observed(ApiRequest request, List<String> secrets, Exchange<T> exchange) {
        long start = System.nanoTime();
        try {
            Result<T> result = exchange.run();
            ended(request, result.status(), null, start);
            return result.value();
        } catch (ExchangeException e) {
            CloudException failure = faults.of(request, e, secrets);
            ended(request, failure.fault().status(), failure, start);
            throw failure;
        }
    }

    private void ended(ApiRequest request, int status, @Nullable CloudException failure, long start) {
        Attempt attempt = new Attempt(
                api,
                request.method().name(),
                request.template(),
                status,
                failure == null ? null : failure.fault().kind(),
                Duration.ofNanos(System.nanoTime() - start));
        LOG.debug(
                "{} {} {} {} ms{}",
                request.label(),
                request.ids(),
                status,
                attempt.duration().toMillis(),
                failure == null ? "" : " " + failure.fault().text());
        try {
            observer.ended(attempt);
        } catch (RuntimeException e) {
            LOG.warn("an observer of requests failed", e);
        }
    }
}
