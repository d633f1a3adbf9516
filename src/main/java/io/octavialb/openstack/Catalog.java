package io.octavialb.openstack;

import io.octavialb.config.EndpointType;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openstack4j.api.types.Facing;
import org.openstack4j.model.identity.v3.Endpoint;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/**
 * Finds a service's endpoint in the catalog of a token.
 *
 * <p>openstack4j falls back to Keystone's URL for a service that is missing and never forgets an endpoint it has seen,
 * so the catalog itself is asked.
 */
record Catalog(OpenStackSettings settings) {

    /** The endpoint's URL without a slash at its end. Throws with {@link Kind#NO_ENDPOINT} when there is none. */
    String endpoint(KeystoneToken token, ApiService service) {
        List<? extends Endpoint> endpoints = token.getCatalog() == null
                ? List.of()
                : token.getCatalog().stream()
                        .filter(entry -> service.types().contains(entry.getType()))
                        .sorted(Comparator.comparingInt(entry -> service.types().indexOf(entry.getType())))
                        .flatMap(entry -> entry.getEndpoints().stream())
                        .filter(endpoint -> endpoint.getIface() == facing(settings.endpointType()))
                        .filter(this::inRegion)
                        .toList();
        if (endpoints.isEmpty()) {
            throw new CloudException(
                    new Fault(Kind.NO_ENDPOINT, service.label(), false, 0, missing(service), null, null), null);
        }
        String url = endpoints.getFirst().getUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private boolean inRegion(Endpoint endpoint) {
        String region = settings.region();
        return region == null || region.equals(endpoint.getRegion()) || region.equals(endpoint.getRegionId());
    }

    private String missing(ApiService service) {
        return "the catalog has no " + settings.endpointType().name().toLowerCase(Locale.ROOT)
                + " endpoint of type " + service.types().getFirst()
                + (settings.region() == null ? "" : " in region " + settings.region())
                + ": correct region or os-endpoint-type in [Global], or ask the cloud's operator for the service";
    }

    private static Facing facing(EndpointType type) {
        return switch (type) {
            case PUBLIC -> Facing.PUBLIC;
            case INTERNAL -> Facing.INTERNAL;
            case ADMIN -> Facing.ADMIN;
        };
    }
}
