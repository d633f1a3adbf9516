package io.octavialb.openstack.transport;

import org.jspecify.annotations.Nullable;

/**
 * How TLS connections are made; texts are PEM.
 *
 * @param ca the only authorities trusted; null trusts the JDK's
 * @param certificate the client's certificate chain; with {@code key} or not at all
 * @param insecure accepts every server
 */
public record TlsSettings(
        @Nullable String ca,
        @Nullable String certificate,
        @Nullable String key,
        boolean insecure) {
    public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, false);

    @Override
    public String toString() {
        return "TlsSettings[ca=" + (ca != null) + ", certificate=" + (certificate != null) + ", insecure=" + insecure
                + "]";
    }
}
