package io.octavialb.embedded.kubernetes;

/** What befalls a request instead of its answer. */
public sealed interface Refusal {
    /** An answer with a {@code Status} of this code; the request does nothing. */
    record Answer(int code, String reason, String message) implements Refusal {}

    /** The connection is cut before the request does anything: the API is away. */
    record Cut() implements Refusal {}

    /** The request is done, and the connection is cut instead of its answer. */
    record AnswerLost() implements Refusal {}
}
