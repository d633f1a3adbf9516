package io.octavialb.openstack;

import io.octavialb.openstack.RequestObserver.Attempt;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times every attempt and tells the observer and the debug log of it. */
record Attempts(RequestObserver observer) {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    <T> T observed(ApiService service, ApiRequest request, Supplier<T> attempt) {
        long start = System.nanoTime();
        String result = "ok";
        try {
            return attempt.get();
        } catch (CloudException e) {
            int status = e.fault().status();
            result = status == 0 ? e.fault().kind().name() : String.valueOf(status);
            throw e;
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            LOG.debug("{} {} {} ms", request.label(), result, took.toMillis());
            observer.attempted(new Attempt(service.label(), request.label(), request.mutates(), result, took));
        }
    }
}
