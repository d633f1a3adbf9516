package io.octavialb.openstack;

import io.octavialb.openstack.CloudException.Kind;
import org.jspecify.annotations.Nullable;

/** What went wrong in one exchange; {@link Faults} makes it a {@link CloudException} of the request it was for. */
final class ExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Kind kind;
    private final transient @Nullable Answer answer;

    private ExchangeException(@Nullable Kind kind, String message, @Nullable Answer answer, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.answer = answer;
    }

    /** The API answered with a status that is no success. */
    static ExchangeException refused(Answer answer) {
        return new ExchangeException(null, "status " + answer.getStatus(), answer, null);
    }

    /** A success status, and a body that is not what the API promises. */
    static ExchangeException malformed(Answer answer, String reason) {
        return new ExchangeException(Kind.MALFORMED, reason, answer, null);
    }

    static ExchangeException noAnswer(String reason, @Nullable Throwable cause) {
        return new ExchangeException(Kind.NO_ANSWER, reason, null, cause);
    }

    /** The request did not leave, or reached no server. */
    static ExchangeException unsent(Kind kind, String reason) {
        return new ExchangeException(kind, reason, null, null);
    }

    static ExchangeException unreachable(String reason, @Nullable Throwable cause) {
        return new ExchangeException(Kind.UNREACHABLE, reason, null, cause);
    }

    /** Null when the answer's status tells. */
    @Nullable
    Kind kind() {
        return kind;
    }

    @Nullable
    Answer answer() {
        return answer;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
