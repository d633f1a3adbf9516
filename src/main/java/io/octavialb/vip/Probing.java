package io.octavialb.vip;

import io.octavialb.vip.config.CheckSettings;
import io.octavialb.vip.config.CheckSettings.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a check once: a script, a connection or a request. */
final class Probing {
    private final Programs programs;

    /** @param text what was seen, for the log */
    record Result(boolean success, String text) {}

    Probing(Programs programs) {
        this.programs = programs;
    }

    /** Answers within the check's timeout; a failure of any kind is a result. */
    Result probe(CheckSettings check) throws InterruptedException {
        return switch (check.probe()) {
            case Probe.Script(var command) -> script(programs.run(command, check.timeout()), check.timeout());
            case Probe.Tcp(var host, var port) -> tcp(new InetSocketAddress(host, port), check.timeout());
            case Probe.Http http -> http(http, check.timeout());
        };
    }

    private static Result script(Programs.Exit exit, Duration timeout) {
        return switch (exit) {
            case Programs.Exit.Status(int status) -> new Result(status == 0, "exit status " + status);
            case Programs.Exit.TimedOut _ -> new Result(false, "no end within " + Words.of(timeout));
            case Programs.Exit.NotStarted(var why) -> new Result(false, why);
        };
    }

    private static Result tcp(InetSocketAddress address, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
            return new Result(true, "connected");
        } catch (IOException e) {
            return new Result(false, "no connection: " + e.getMessage());
        }
    }

    /** The whole exchange has the timeout, not each read of it. */
    private static Result http(Probe.Http http, Duration timeout) throws InterruptedException {
        FutureTask<Result> exchange = new FutureTask<>(() -> answer(http, timeout));
        Thread thread = Thread.ofVirtual().name("check " + http.url()).start(exchange);
        try {
            return exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return new Result(false, "no answer within " + Words.of(timeout));
        } catch (ExecutionException e) {
            return new Result(false, "no answer: " + e.getCause());
        } finally {
            thread.interrupt();
        }
    }

    private static Result answer(Probe.Http http, Duration timeout) throws IOException {
        if (!(URI.create(http.url()).toURL().openConnection() instanceof HttpURLConnection connection)) {
            return new Result(false, http.url() + " is no http or https URL");
        }
        int millis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        UncheckedCertificates.applyTo(connection);
        try {
            int status = connection.getResponseCode();
            boolean success = status >= http.lowestStatus() && status <= http.highestStatus();
            return new Result(success, "status " + status);
        } finally {
            connection.disconnect();
        }
    }
}
