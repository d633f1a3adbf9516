package io.octavialb.model.kubernetes;

/**
 * A pod behind one port of a Service, as its EndpointSlices show it.
 *
 * @param portName of the Service's port; empty for the single, unnamed one
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 * @param port where the pod listens
 * @param pod the pod's name; empty when something else is behind the address
 * @param draining whether it serves but ends: it finishes what it has and gets nothing new
 */
public record Endpoint(String portName, String protocol, int port, String address, String pod, boolean draining) {}
