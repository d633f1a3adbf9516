package io.octavialb.build;

import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.kubernetes.Ingress;
import java.util.List;

/**
 * What {@code status.loadBalancer.ingress} says once the addresses are known.
 *
 * <p>A hostname hides the address from kube-proxy, which would else short-cut traffic from inside the cluster past a
 * load balancer that adds the PROXY protocol; {@code ipMode: Proxy} does the same on newer API servers.
 */
public final class IngressStatus {
    private IngressStatus() {}

    /**
     * One entry for each address.
     *
     * @param proxied whether members are told the client's address by the PROXY protocol
     */
    public static List<Ingress> of(LoadBalancerSettings settings, boolean proxied, List<String> addresses) {
        if (settings.hostname() != null) {
            return List.of(new Ingress(null, settings.hostname(), null));
        }
        if (proxied && settings.enableIngressHostname()) {
            return addresses.stream()
                    .map(address -> new Ingress(null, address + "." + settings.ingressHostnameSuffix(), null))
                    .toList();
        }
        return addresses.stream()
                .map(address -> new Ingress(address, null, proxied ? "Proxy" : "VIP"))
                .toList();
    }
}
