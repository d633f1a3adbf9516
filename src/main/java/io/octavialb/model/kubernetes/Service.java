package io.octavialb.model.kubernetes;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Service, reduced to what decides its load balancer.
 *
 * @param type {@code LoadBalancer}, {@code ClusterIP}, …
 * @param ipFamilies in the order of {@code spec.ipFamilies}: the first is the VIP's
 * @param externalTrafficPolicy {@code Cluster} or {@code Local}
 * @param sessionAffinity {@code None} or {@code ClientIP}
 * @param sessionAffinityTimeoutSeconds {@code spec.sessionAffinityConfig.clientIP.timeoutSeconds}
 * @param healthCheckNodePort 0 when none is allocated
 * @param endpoints the pods that serve, or end; read only for a Service whose members are pods
 * @param deleting whether {@code metadata.deletionTimestamp} is set
 */
public record Service(
        ObjectKey key,
        String uid,
        Map<String, String> annotations,
        List<String> finalizers,
        boolean deleting,
        String type,
        @Nullable String loadBalancerClass,
        List<ServicePort> ports,
        List<IpFamily> ipFamilies,
        @Nullable String loadBalancerIp,
        List<String> loadBalancerSourceRanges,
        String externalTrafficPolicy,
        int healthCheckNodePort,
        String sessionAffinity,
        @Nullable Integer sessionAffinityTimeoutSeconds,
        List<Ingress> ingress,
        List<Endpoint> endpoints) {

    public Service {
        annotations = Map.copyOf(annotations);
        finalizers = List.copyOf(finalizers);
        ports = List.copyOf(ports);
        ipFamilies = ipFamilies.isEmpty() ? List.of(IpFamily.IPv4) : List.copyOf(ipFamilies);
        loadBalancerSourceRanges = List.copyOf(loadBalancerSourceRanges);
        ingress = List.copyOf(ingress);
        endpoints = List.copyOf(endpoints);
    }

    public Service withEndpoints(List<Endpoint> found) {
        return new Service(
                key,
                uid,
                annotations,
                finalizers,
                deleting,
                type,
                loadBalancerClass,
                ports,
                ipFamilies,
                loadBalancerIp,
                loadBalancerSourceRanges,
                externalTrafficPolicy,
                healthCheckNodePort,
                sessionAffinity,
                sessionAffinityTimeoutSeconds,
                ingress,
                found);
    }

    public Service withoutLoadBalancerIp() {
        return new Service(
                key,
                uid,
                annotations,
                finalizers,
                deleting,
                type,
                loadBalancerClass,
                ports,
                ipFamilies,
                null,
                loadBalancerSourceRanges,
                externalTrafficPolicy,
                healthCheckNodePort,
                sessionAffinity,
                sessionAffinityTimeoutSeconds,
                ingress,
                endpoints);
    }

    /** The family of the VIP. */
    public IpFamily primaryFamily() {
        return ipFamilies.getFirst();
    }

    public boolean localTrafficOnly() {
        return externalTrafficPolicy.equals("Local");
    }
}
