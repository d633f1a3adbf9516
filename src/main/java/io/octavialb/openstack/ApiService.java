package io.octavialb.openstack;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** The services whose APIs are used; each has a circuit breaker of its own. */
enum ApiService {
    KEYSTONE("Keystone", "identity"),
    NEUTRON("Neutron", "network"),
    OCTAVIA("Octavia", "load-balancer", "octavia");

    private final String label;
    private final ImmutableList<String> types;

    ApiService(String label, String... types) {
        this.label = label;
        this.types = ImmutableList.copyOf(types);
    }

    /**
     * An endpoint without the version that some catalogs put at its end: paths begin with the version.
     *
     * <p>Octavia's are {@code http://h:9876} or {@code http://h/load-balancer}, at times with {@code /v2.0} or
     * {@code /v2.0/lbaas}.
     */
    String root(String endpoint) {
        return endpoint.replaceFirst("/v\\d+(\\.\\d+)?(/lbaas)?$", "");
    }

    String label() {
        return label;
    }

    /** The types it may have in a catalog, the usual one first. */
    List<String> types() {
        return types;
    }
}
