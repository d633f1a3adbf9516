package io.octavialb.vip;

import io.octavialb.vip.config.CheckSettings;
import io.octavialb.vip.config.CheckSettings.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/** Runs a check once: a script, a connection or a request. */
final class Probing {
    private final Programs programs;
    private final Lookup lookup;
    private final Attempts attempts = new Attempts();

    /** @param text what was seen, for the log */
    record Result(boolean success, String text) {}

    /** How the address of a host is found. */
    interface Lookup {
        InetAddress address(String host) throws UnknownHostException;
    }

    Probing(Programs programs) {
        this(programs, InetAddress::getByName);
    }

    Probing(Programs programs, Lookup lookup) {
        this.programs = programs;
        this.lookup = lookup;
    }

    /** Answers within the check's timeout; a failure of any kind is a result. */
    Result probe(CheckSettings check) throws InterruptedException {
        return switch (check.probe()) {
            case Probe.Script(var command) -> script(programs.run(command, check.timeout()), check.timeout());
            case Probe.Tcp tcp -> attempts.within(check, "connection", () -> connected(tcp, check.timeout()));
            case Probe.Http http -> http(http, check);
        };
    }

    private static Result script(Programs.Exit exit, Duration timeout) {
        return switch (exit) {
            case Programs.Exit.Status(int status) -> new Result(status == 0, "exit status " + status);
            case Programs.Exit.TimedOut _ -> new Result(false, "no end within " + Words.of(timeout));
            case Programs.Exit.NotStarted(var why) -> new Result(false, why);
        };
    }

    private Result connected(Probe.Tcp tcp, Duration timeout) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(lookup.address(tcp.host()), tcp.port()), millis(timeout));
            return new Result(true, "connected");
        }
    }

    /** The whole exchange has the timeout, not each read of it; what is left of it ends when its connection is closed. */
    private Result http(Probe.Http http, CheckSettings check) throws InterruptedException {
        HttpURLConnection connection;
        try {
            connection = connection(http, check.timeout());
        } catch (IOException e) {
            return new Result(false, String.valueOf(e.getMessage()));
        }
        try {
            return attempts.within(check, "answer", () -> {
                int status = connection.getResponseCode();
                boolean success = status >= http.lowestStatus() && status <= http.highestStatus();
                return new Result(success, "status " + status);
            });
        } finally {
            connection.disconnect();
        }
    }

    private static HttpURLConnection connection(Probe.Http http, Duration timeout) throws IOException {
        if (!(URI.create(http.url()).toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException(http.url() + " is no http or https URL");
        }
        connection.setConnectTimeout(millis(timeout));
        connection.setReadTimeout(millis(timeout));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        UncheckedCertificates.applyTo(connection);
        return connection;
    }

    private static int millis(Duration timeout) {
        return Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    }
}
