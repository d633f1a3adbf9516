package io.octavialb.build;

import io.octavialb.model.Notice;
import io.octavialb.model.desired.DesiredPool.SessionPersistence;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code spec.sessionAffinity} as Octavia can have it: ClientIP is {@code session_persistence} SOURCE_IP.
 *
 * <p>Octavia takes {@code persistence_timeout} for UDP and SCTP pools only; a TCP pool keeps a client at its member for
 * as long as the load balancer remembers it.
 *
 * @param timeoutSeconds null where Kubernetes' default applies, which is not sent
 */
record SessionAffinity(boolean clientIp, @Nullable Integer timeoutSeconds) {
    private static final int DEFAULT_TIMEOUT_SECONDS = 10_800;

    static SessionAffinity of(Service service) {
        Integer timeout = service.sessionAffinityTimeoutSeconds();
        return new SessionAffinity(
                service.sessionAffinity().equals("ClientIP"),
                Objects.equals(timeout, DEFAULT_TIMEOUT_SECONDS) ? null : timeout);
    }

    @Nullable
    SessionPersistence persistence(String protocol) {
        return clientIp ? new SessionPersistence("SOURCE_IP", protocol.equals("TCP") ? null : timeoutSeconds) : null;
    }

    List<Notice> notices(List<ServicePort> ports) {
        boolean ignored = clientIp
                && timeoutSeconds != null
                && ports.stream().anyMatch(port -> port.protocol().equals("TCP"));
        return ignored
                ? List.of(new Notice(
                        EventReasons.SESSION_AFFINITY_TIMEOUT_IGNORED,
                        "spec.sessionAffinityConfig.clientIP.timeoutSeconds: \"" + timeoutSeconds
                                + "\": Octavia has no such timeout for TCP pools: their clients stay at a member for as"
                                + " long as the load balancer remembers them"))
                : List.of();
    }
}
