package io.octavialb.crash;

import java.util.Map;

/** What becomes of one request. */
sealed interface Treatment {
    /** It is answered. */
    record Answered() implements Treatment {}

    /** The connection ends and nothing is done. */
    record Cut() implements Treatment {}

    /** It is done, and the connection ends. */
    record AnswerLost() implements Treatment {}

    /** It is done, and half of the answer's body comes. */
    record Truncated() implements Treatment {}

    /** It is done, and no answer ever comes. */
    record Silent() implements Treatment {}

    /** Nothing is done. */
    record Refused(int status, Map<String, String> headers, String body) implements Treatment {}

    Treatment ANSWERED = new Answered();
    Treatment CUT = new Cut();
    Treatment ANSWER_LOST = new AnswerLost();
}
