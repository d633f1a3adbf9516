package io.octavialb.reconcile;

import io.octavialb.model.Notice;

/** A setting that can't be resolved: not retried as a failure, for only the user can mend it. */
final class UnresolvedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Notice notice;

    UnresolvedException(String reason, String message) {
        super(message);
        this.notice = new Notice(reason, message);
    }

    Notice notice() {
        return notice;
    }
}
