package io.octavialb.openstack;

import io.octavialb.openstack.CloudException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.api.types.Facing;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.model.identity.URLResolverParams;
import org.openstack4j.model.identity.v3.Endpoint;
import org.openstack4j.model.identity.v3.Service;

/**
 * Finds an API in the token's catalog.
 *
 * <p>openstack4j's own resolver keeps what it found for ever, for all clouds alike, and takes Keystone's URL for a
 * service that is missing.
 */
final class Catalog implements EndpointURLResolver {
    @Override
    public String findURLV3(URLResolverParams params) {
        List<? extends Service> catalog = Objects.requireNonNullElse(params.token.getCatalog(), List.of());
        return catalog.stream()
                .filter(service -> ServiceType.forName(service.getType()) == params.type)
                .flatMap(service -> service.getEndpoints().stream())
                .filter(endpoint -> endpoint.getIface() == params.perspective && inRegion(endpoint, params.region))
                .map(endpoint -> withoutVersion(endpoint.getUrl().toString()))
                .findFirst()
                .orElseThrow(() -> ExchangeException.unsent(
                        Kind.NO_ENDPOINT, missing(params.type, params.perspective, params.region, catalog)));
    }

    @Override
    public String findURLV2(URLResolverParams params) {
        throw new UnsupportedOperationException("Identity API v2 is no more");
    }

    /** The root of an API: URLs in catalogs end with a version, a slash, both or neither. */
    static String withoutVersion(String url) {
        return url.replaceFirst("/+$", "").replaceFirst("/v\\d+(\\.\\d+)?$", "").replaceFirst("/+$", "");
    }

    private static boolean inRegion(Endpoint endpoint, @Nullable String region) {
        return region == null || region.equals(endpoint.getRegion()) || region.equals(endpoint.getRegionId());
    }

    private static String missing(
            ServiceType type, Facing facing, @Nullable String region, List<? extends Service> catalog) {
        String offered = catalog.stream()
                .flatMap(service -> service.getEndpoints().stream()
                        .map(endpoint -> service.getType() + " "
                                + endpoint.getIface().name().toLowerCase(Locale.ROOT) + " " + endpoint.getRegion()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return "the catalog has no " + type.getType() + " endpoint, interface "
                + facing.name().toLowerCase(Locale.ROOT) + (region == null ? "" : ", region " + region)
                + ": check region and os-endpoint-type, and that the cloud has this service; the catalog has "
                + (offered.isEmpty() ? "nothing: is the token scoped to a project?" : offered);
    }
}
