package io.octavialb.openstack;

import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.Subnet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the Neutron API v2.0 that this program uses, one method a request.
 *
 * <p>Lists are whole: all pages are read. Deleting what is gone already succeeds. Every method throws
 * {@link CloudException}.
 */
public interface Neutron {
    /** {@code GET /v2.0/networks?router:external=true}. */
    List<Network> externalNetworks();

    /** {@code GET /v2.0/subnets/{id}}. */
    Optional<Subnet> subnet(String id);

    /** {@code GET /v2.0/subnets?network_id=}. */
    List<Subnet> subnetsOf(String networkId);

    /** {@code GET /v2.0/ports?fixed_ips=ip_address=}: several where tenants' networks overlap. */
    List<Port> portsWithAddress(String address);

    /** {@code GET /v2.0/floatingips}: all that the credentials may see. */
    List<FloatingIp> floatingIps();

    /** {@code GET /v2.0/floatingips?port_id=}. */
    List<FloatingIp> floatingIpsOn(String portId);

    /** {@code GET /v2.0/floatingips?floating_ip_address=}. */
    List<FloatingIp> floatingIpsWithAddress(String address);

    /** {@code POST /v2.0/floatingips}, bound to a port from the start unless that is null; subnet and address may be left to Neutron. */
    FloatingIp createFloatingIp(
            String floatingNetworkId,
            @Nullable String subnetId,
            @Nullable String floatingIpAddress,
            @Nullable String portId,
            String description);

    /** {@code PUT /v2.0/floatingips/{id}}; a null port detaches it. */
    FloatingIp bindFloatingIp(String id, @Nullable String portId);

    /** {@code DELETE /v2.0/floatingips/{id}}. */
    void deleteFloatingIp(String id);
}
