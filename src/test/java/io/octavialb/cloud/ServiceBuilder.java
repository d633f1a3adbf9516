package io.octavialb.cloud;

import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Service default/web with port TCP/80, but for what a test says of it. */
public final class ServiceBuilder {
    public static final String UID = "1c5e0f52-0000-4000-8000-000000000001";

    private String namespace = "default";
    private String name = "web";
    private String uid = UID;
    private final Map<String, String> annotations = new HashMap<>();
    private List<ServicePort> ports = List.of(new ServicePort("http", "TCP", 80, 30080));
    private IpFamily family = IpFamily.IPv4;
    private @Nullable String loadBalancerIp;
    private List<String> sourceRanges = List.of();
    private int healthCheckNodePort;
    private boolean affinity;
    private final List<Ingress> ingress = new ArrayList<>();

    public ServiceBuilder named(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
        return this;
    }

    public ServiceBuilder uid(String uid) {
        this.uid = uid;
        return this;
    }

    /** An annotation; without a slash in the key it is one of OpenStack's. */
    public ServiceBuilder annotation(String key, String value) {
        annotations.put(key.contains("/") ? key : "loadbalancer.openstack.org/" + key, value);
        return this;
    }

    public ServiceBuilder internal() {
        return annotation("service.beta.kubernetes.io/openstack-internal-load-balancer", "true");
    }

    public ServiceBuilder ports(List<ServicePort> ports) {
        this.ports = ports;
        return this;
    }

    public ServiceBuilder family(IpFamily family) {
        this.family = family;
        return this;
    }

    public ServiceBuilder loadBalancerIp(String address) {
        this.loadBalancerIp = address;
        return this;
    }

    public ServiceBuilder sourceRanges(String... ranges) {
        this.sourceRanges = List.of(ranges);
        return this;
    }

    /** With externalTrafficPolicy Local and this healthCheckNodePort. */
    public ServiceBuilder localTraffic(int healthCheckNodePort) {
        this.healthCheckNodePort = healthCheckNodePort;
        return this;
    }

    public ServiceBuilder clientIpAffinity() {
        this.affinity = true;
        return this;
    }

    public ServiceBuilder statusIp(String address) {
        ingress.add(new Ingress(address, null, "VIP"));
        return this;
    }

    public ServiceBuilder statusHostname(String hostname) {
        ingress.add(new Ingress(null, hostname, null));
        return this;
    }

    public Service build() {
        return new Service(
                new ObjectKey(namespace, name),
                uid,
                annotations,
                List.of(),
                false,
                "LoadBalancer",
                null,
                ports,
                List.of(family),
                loadBalancerIp,
                sourceRanges,
                healthCheckNodePort == 0 ? "Cluster" : "Local",
                healthCheckNodePort,
                affinity ? "ClientIP" : "None",
                null,
                ingress,
                List.of());
    }
}
