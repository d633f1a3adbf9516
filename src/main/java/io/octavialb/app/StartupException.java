package io.octavialb.app;

/** The program can't start; the message says what is wrong and what to do, and is all that a user is shown. */
final class StartupException extends Exception {
    private static final long serialVersionUID = 1L;

    StartupException(String message) {
        super(message);
    }

    StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
