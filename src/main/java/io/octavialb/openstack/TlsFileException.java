package io.octavialb.openstack;

import org.jspecify.annotations.Nullable;

/** A file for TLS that the cloud-config names can't be used; the message names the key, the file and the fix. */
public final class TlsFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TlsFileException(String key, String file, String reason, @Nullable Throwable cause) {
        super("[Global] " + key + "=" + file + ": " + reason, cause);
    }
}
