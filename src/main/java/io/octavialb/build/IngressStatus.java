package io.octavialb.build;

import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ProxyProtocol;
import io.octavialb.model.kubernetes.Ingress;
import java.util.List;

/**
 * What {@code status.loadBalancer.ingress} says once the address is known.
 *
 * <p>A hostname hides the address from kube-proxy, which would else short-cut traffic from inside the cluster past a
 * load balancer that adds the PROXY protocol; {@code ipMode: Proxy} does the same on newer API servers.
 */
public final class IngressStatus {
    private IngressStatus() {}

    public static List<Ingress> of(LoadBalancerSettings settings, String address) {
        boolean proxied =
                settings.ports().values().stream().anyMatch(port -> port.proxyProtocol() != ProxyProtocol.NONE);
        if (settings.hostname() != null) {
            return List.of(new Ingress(null, settings.hostname(), null));
        }
        if (proxied && settings.enableIngressHostname()) {
            return List.of(new Ingress(null, address + "." + settings.ingressHostnameSuffix(), null));
        }
        return List.of(new Ingress(address, null, proxied ? "Proxy" : "VIP"));
    }
}
