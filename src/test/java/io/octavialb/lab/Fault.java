package io.octavialb.lab;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What the proxy does to a request instead of just forwarding it. */
public sealed interface Fault {
    /** Answers by itself; the service never sees the request. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        public Answer {
            headers = Map.copyOf(headers);
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Closes the client's connection; the service never sees the request. */
    record DropRequest() implements Fault {}

    /** Lets the service do its work, then closes the client's connection instead of passing on the answer. */
    record DropAnswer() implements Fault {}

    /** Waits before forwarding. */
    record Delay(Duration duration) implements Fault {}
}
