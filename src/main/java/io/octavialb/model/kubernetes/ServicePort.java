package io.octavialb.model.kubernetes;

/**
 * One entry of {@code spec.ports}.
 *
 * @param name empty when the Service has a single, unnamed port
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 * @param nodePort 0 when none is allocated
 */
public record ServicePort(String name, String protocol, int port, int nodePort) {}
