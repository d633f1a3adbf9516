package io.octavialb.config;

/** Which headers about the client's connection a listener inserts ({@code insert_headers}). */
public record ForwardedHeaders(boolean xForwardedFor, boolean xForwardedPort, boolean xForwardedProto) {
    public static final ForwardedHeaders NONE = new ForwardedHeaders(false, false, false);

    /** Whether there is one, which makes the listener speak HTTP. */
    public boolean any() {
        return xForwardedFor || xForwardedPort || xForwardedProto;
    }
}
