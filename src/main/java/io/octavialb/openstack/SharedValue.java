package io.octavialb.openstack;

import io.octavialb.openstack.CloudException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is fetched when it is needed and no longer good: once, however many callers need it at that moment.
 *
 * <p>All of them share the outcome, a failure too: when Keystone is away, three hundred waiting callers must not ask it
 * one after another. The fetch has a thread of its own, so that a caller's interruption is no failure of the others.
 */
final class SharedValue<T> {
    private final ApiRequest request;
    private final Supplier<T> source;
    private final Predicate<T> good;
    private @Nullable T value;
    private @Nullable CompletableFuture<T> flight;

    /** @param request that fetches it, for the fault of a caller that does not wait for it */
    SharedValue(ApiRequest request, Supplier<T> source, Predicate<T> good) {
        this.request = request;
        this.source = source;
        this.good = good;
    }

    /** The value; throws what the fetch threw. */
    T get() {
        CompletableFuture<T> joined;
        synchronized (this) {
            T known = value;
            if (known != null && good.test(known)) {
                return known;
            }
            joined = flight;
            if (joined == null) {
                joined = new CompletableFuture<>();
                flight = joined;
                CompletableFuture<T> started = joined;
                Thread.startVirtualThread(() -> fetch(started));
            }
        }
        return outcome(joined, request);
    }

    /** The value is not good, whatever it looks like; nothing happens if it was replaced meanwhile. */
    @SuppressWarnings("ReferenceEquality") // It is this very one that was refused; an equal one may be a later one.
    synchronized void discard(T refused) {
        if (value == refused) {
            value = null;
        }
    }

    /** The value as last fetched, good or not. */
    synchronized @Nullable T last() {
        return value;
    }

    private void fetch(CompletableFuture<T> result) {
        try {
            T fetched = source.get();
            synchronized (this) {
                value = fetched;
                flight = null;
            }
            result.complete(fetched);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                flight = null;
            }
            result.completeExceptionally(e);
        }
    }

    private static <T> T outcome(CompletableFuture<T> joined, ApiRequest request) {
        try {
            return joined.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException(Faults.unsent(request, Kind.UNREACHABLE, "interrupted"), e);
        }
    }
}
