package io.octavialb.lab;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Plain-HTTP reverse proxies on loopback, one each for Keystone, Neutron and Octavia, that record every request and
 * inject faults.
 *
 * <p>A client given {@link #authUrl()} uses the proxies for everything, because URLs in answers are rewritten (see
 * {@link UrlRewriting}). A request is recorded before its answer leaves, so a client that has its answer finds its
 * request counted. A client's own retries are requests like any other. When a service cannot be reached the client's
 * connection is dropped.
 */
public final class CountingProxy implements AutoCloseable {
    /** A point in the recording, to ask later what came {@link #since(Mark)}. */
    public record Mark(int index) {}

    private final List<RecordedCall> recorded = new ArrayList<>();
    private final FaultRules faults = new FaultRules();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<CloudService, Front> fronts = new EnumMap<>(CloudService.class);

    /** A service's own URL and the server that stands in front of it. */
    private record Front(URI upstream, HttpServer server) {
        String origin() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        String upstreamOrigin() {
            return UrlRewriting.origin(upstream);
        }
    }

    private CountingProxy(Map<CloudService, URI> upstreams) {
        upstreams.forEach((service, upstream) -> fronts.put(service, new Front(upstream, bind())));
        var rewriting = new UrlRewriting(fronts.values().stream().collect(toMap(Front::upstreamOrigin, Front::origin)));
        fronts.forEach((service, front) -> {
            var handler = new ProxyHandler(service, front.upstreamOrigin(), client, rewriting, faults, this::add);
            front.server().createContext("/", handler);
            front.server().setExecutor(executor);
            front.server().start();
        });
    }

    /** Proxies in front of the lab's three services. */
    public static CountingProxy inFrontOf(Lab lab) {
        return inFrontOf(lab.authUrl(), lab.networkUrl(), lab.loadBalancerUrl());
    }

    /** Proxies in front of these services; {@code auth} has Keystone's version in its path. */
    public static CountingProxy inFrontOf(URI auth, URI network, URI loadBalancer) {
        return new CountingProxy(
                Map.of(CloudService.KEYSTONE, auth, CloudService.NEUTRON, network, CloudService.OCTAVIA, loadBalancer));
    }

    /** What clients use as Keystone's URL, version included. */
    public URI authUrl() {
        return url(CloudService.KEYSTONE);
    }

    /** A service's URL at the proxy, with the path that the service's own URL has. */
    public URI url(CloudService service) {
        var front = requireNonNull(fronts.get(service));
        return URI.create(front.origin() + front.upstream().getRawPath());
    }

    public RecordedCalls calls() {
        return since(new Mark(0));
    }

    public Mark mark() {
        synchronized (recorded) {
            return new Mark(recorded.size());
        }
    }

    public RecordedCalls since(Mark mark) {
        synchronized (recorded) {
            return new RecordedCalls(recorded.subList(mark.index(), recorded.size()));
        }
    }

    /** Injects the fault into the next requests that match, as many times as told. */
    public void inject(int times, Predicate<Call> when, Fault fault) {
        faults.add(times, when, fault);
    }

    /** How many injections no matching request has used up yet; 0 shows that a test's faults really happened. */
    public int faultsLeft() {
        return faults.left();
    }

    public void clearFaults() {
        faults.clear();
    }

    @Override
    public void close() {
        fronts.values().forEach(front -> front.server().stop(0));
        executor.shutdownNow();
        client.shutdownNow();
    }

    private void add(RecordedCall call) {
        synchronized (recorded) {
            recorded.add(call);
        }
    }

    private static HttpServer bind() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
