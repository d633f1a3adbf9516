package io.octavialb.model;

/**
 * A listener's identity: L4 protocol and port, of which Octavia allows one pair per load balancer.
 *
 * <p>The position in {@code spec.ports} is no identity: reordering ports must change nothing.
 *
 * @param transport {@code TCP}, {@code UDP} or {@code SCTP}
 */
public record ListenerKey(String transport, int port) {

    /** The key of a listener or Service port; HTTP, HTTPS, TERMINATED_HTTPS and PROMETHEUS run over TCP. */
    public static ListenerKey of(String protocol, int port) {
        return new ListenerKey(protocol.equals("UDP") || protocol.equals("SCTP") ? protocol : "TCP", port);
    }

    @Override
    public String toString() {
        return transport + "/" + port;
    }
}
