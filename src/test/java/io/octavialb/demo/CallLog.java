package io.octavialb.demo;

import io.octavialb.demo.Screen.Tone;
import io.octavialb.embedded.openstack.CloudRequest;
import io.octavialb.embedded.openstack.Exchange;
import io.octavialb.embedded.openstack.ExchangeObserver;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Shows each call to the cloud.
 *
 * <p>Calls that change something stand out; a read that is repeated is shown once.
 */
final class CallLog implements ExchangeObserver {
    private static final Pattern UUID = Pattern.compile("([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f-]{22,}");

    private final Screen screen;
    private final ThreadLocal<Long> begun = new ThreadLocal<>();
    private final Object lock = new Object();
    private String lastRead = "";

    CallLog(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Fate before(CloudRequest request) {
        begun.set(System.nanoTime());
        return Fate.GOES_ON;
    }

    @Override
    public Fate after(Exchange exchange) {
        Long start = begun.get();
        begun.remove();
        long ms =
                start == null ? 0 : Duration.ofNanos(System.nanoTime() - start).toMillis();
        synchronized (lock) {
            call(exchange, ms);
        }
        return Fate.GOES_ON;
    }

    private void call(Exchange exchange, long ms) {
        CloudRequest request = exchange.request();
        int status = exchange.answer().status();
        String path = UUID.matcher(request.path()).replaceAll("$1…");
        boolean login = request.path().startsWith("/identity");
        if (request.method().equals("GET")) {
            String read = path + query(request) + " " + status;
            if (!read.equals(lastRead)) {
                lastRead = read;
                screen.line(
                        status < 400 ? Tone.DIM : Tone.DELETED, line(' ', "GET", path + query(request), status, ms));
            }
            return;
        }
        lastRead = "";
        screen.line(
                login ? Tone.DIM : tone(request.method(), status),
                line(login ? ' ' : '>', request.method(), path, status, ms));
    }

    private static String query(CloudRequest request) {
        return request.query().isEmpty()
                ? ""
                : "?"
                        + UUID.matcher(String.join(
                                        "&",
                                        request.query().entries().stream()
                                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                                .toList()))
                                .replaceAll("$1…");
    }

    private static String line(char mark, String method, String path, int status, long ms) {
        return String.format(Locale.ROOT, "%c %-6s %d %4d ms  %s", mark, method, status, ms, path);
    }

    private static Tone tone(String method, int status) {
        if (status >= 400) {
            return Tone.DELETED;
        }
        return switch (method) {
            case "POST" -> Tone.CREATED;
            case "DELETE" -> Tone.DELETED;
            default -> Tone.CHANGED;
        };
    }
}
