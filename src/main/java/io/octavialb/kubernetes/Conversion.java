package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.SessionAffinityConfig;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.octavialb.model.kubernetes.Endpoint;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** API objects reduced to what the rest of the program looks at; absent fields become the API server's defaults. */
public final class Conversion {
    private Conversion() {}

    public static Service service(io.fabric8.kubernetes.api.model.Service service) {
        ObjectMeta meta = service.getMetadata();
        var spec = service.getSpec();
        return new Service(
                new ObjectKey(orElse(meta.getNamespace(), "default"), meta.getName()),
                orElse(meta.getUid(), ""),
                entries(meta.getAnnotations()),
                orElse(meta.getFinalizers(), List.of()),
                meta.getDeletionTimestamp() != null,
                orElse(spec.getType(), "ClusterIP"),
                spec.getLoadBalancerClass(),
                orElse(spec.getPorts(), List.<io.fabric8.kubernetes.api.model.ServicePort>of()).stream()
                        .map(Conversion::port)
                        .toList(),
                orElse(spec.getIpFamilies(), List.<String>of()).stream()
                        .map(IpFamily::valueOf)
                        .toList(),
                emptyToNull(spec.getLoadBalancerIP()),
                orElse(spec.getLoadBalancerSourceRanges(), List.of()),
                orElse(spec.getExternalTrafficPolicy(), "Cluster"),
                orElse(spec.getHealthCheckNodePort(), 0),
                orElse(spec.getSessionAffinity(), "None"),
                affinityTimeout(spec.getSessionAffinityConfig()),
                ingress(service),
                List.of());
    }

    /** What serves or ends behind a Service's ports; what has not begun to serve is left out. */
    static Stream<Endpoint> endpoints(EndpointSlice slice) {
        return orElse(slice.getEndpoints(), List.<io.fabric8.kubernetes.api.model.discovery.v1.Endpoint>of()).stream()
                .filter(endpoint -> ready(endpoint) || draining(endpoint))
                .flatMap(endpoint -> orElse(slice.getPorts(), List.<EndpointPort>of()).stream()
                        .filter(port -> port.getPort() != null)
                        .flatMap(port -> orElse(endpoint.getAddresses(), List.<String>of()).stream()
                                .map(address -> new Endpoint(
                                        orElse(port.getName(), ""),
                                        orElse(port.getProtocol(), "TCP"),
                                        port.getPort(),
                                        address,
                                        endpoint.getTargetRef() == null
                                                ? ""
                                                : orElse(endpoint.getTargetRef().getName(), ""),
                                        draining(endpoint)))));
    }

    /** An unset condition means yes. */
    private static boolean ready(io.fabric8.kubernetes.api.model.discovery.v1.Endpoint endpoint) {
        return endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }

    private static boolean draining(io.fabric8.kubernetes.api.model.discovery.v1.Endpoint endpoint) {
        return endpoint.getConditions() != null
                && Boolean.TRUE.equals(endpoint.getConditions().getTerminating())
                && !Boolean.FALSE.equals(endpoint.getConditions().getServing());
    }

    private static ServicePort port(io.fabric8.kubernetes.api.model.ServicePort port) {
        return new ServicePort(
                orElse(port.getName(), ""),
                orElse(port.getProtocol(), "TCP"),
                port.getPort(),
                orElse(port.getNodePort(), 0));
    }

    private static List<Ingress> ingress(io.fabric8.kubernetes.api.model.Service service) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
            return List.of();
        }
        return orElse(service.getStatus().getLoadBalancer().getIngress(), List.<LoadBalancerIngress>of()).stream()
                .map(Conversion::ingress)
                .toList();
    }

    private static Ingress ingress(LoadBalancerIngress ingress) {
        return new Ingress(emptyToNull(ingress.getIp()), emptyToNull(ingress.getHostname()), ingress.getIpMode());
    }

    private static @Nullable Integer affinityTimeout(@Nullable SessionAffinityConfig config) {
        return config == null || config.getClientIP() == null
                ? null
                : config.getClientIP().getTimeoutSeconds();
    }

    public static Node node(io.fabric8.kubernetes.api.model.Node node) {
        ObjectMeta meta = node.getMetadata();
        var spec = node.getSpec();
        var status = node.getStatus();
        return new Node(
                meta.getName(),
                entries(meta.getLabels()),
                spec == null
                        ? Set.of()
                        : orElse(spec.getTaints(), List.<Taint>of()).stream()
                                .map(taint -> taint.getKey())
                                .collect(Collectors.toSet()),
                meta.getDeletionTimestamp() != null,
                spec == null ? null : emptyToNull(spec.getProviderID()),
                status == null
                        ? List.of()
                        : orElse(status.getAddresses(), List.<NodeAddress>of()).stream()
                                .map(address -> new Node.Address(address.getType(), address.getAddress()))
                                .toList());
    }

    /** A key without a value is no entry. */
    private static Map<String, String> entries(@Nullable Map<String, @Nullable String> map) {
        Map<String, String> entries = new HashMap<>();
        if (map != null) {
            map.forEach((key, value) -> {
                if (value != null) {
                    entries.put(key, value);
                }
            });
        }
        return entries;
    }

    private static <T> T orElse(@Nullable T value, T byDefault) {
        return Objects.requireNonNullElse(value, byDefault);
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
