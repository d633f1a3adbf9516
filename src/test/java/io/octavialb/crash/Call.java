package io.octavialb.crash;

import io.octavialb.embedded.kubernetes.ApiRequest;
import io.octavialb.embedded.openstack.CloudRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One request of the controller, without ids, so that it is the same in every run.
 *
 * @param what such as {@code POST loadbalancers} or {@code PATCH service web status}
 * @param changes whether it is to change something; a log-in is not
 */
record Call(Side side, String what, boolean changes) {
    enum Side {
        KEYSTONE,
        NEUTRON,
        OCTAVIA,
        KUBERNETES
    }

    /** The shared watch's. */
    static final String WATCH = "GET loadbalancers?status";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    /** What tells one search from another. */
    private static final List<String> FILTERS = List.of(
            "name", "tags", "loadbalancer_id", "pool_id", "port_id", "floating_ip_address", "network_id", "fixed_ips");

    static Call of(CloudRequest request) {
        String path = request.path();
        Side side = path.startsWith("/identity")
                ? Side.KEYSTONE
                : path.startsWith("/networking") ? Side.NEUTRON : Side.OCTAVIA;
        String resource = ID.matcher(path)
                .replaceAll("ID")
                .replaceFirst("^/(identity/v3/auth|networking/v2\\.0|load-balancer/v2(\\.0)?/lbaas)/", "")
                .replaceFirst("^/", "");
        boolean changes = !request.method().equals("GET") && side != Side.KEYSTONE;
        return new Call(side, request.method() + " " + resource + filter(request), changes);
    }

    private static String filter(CloudRequest request) {
        if (request.query().containsEntry("fields", "provisioning_status")) {
            return "?status";
        }
        return FILTERS.stream()
                .filter(request.query()::containsKey)
                .findFirst()
                .map(name -> "?" + name)
                .orElse("");
    }

    static Call of(ApiRequest request) {
        String path = request.resourcePath()
                .replaceFirst("^/apis?(/[a-z.]+)?/v1/", "")
                .replaceFirst("namespaces/[^/]+/", "")
                .replaceFirst("^services/", "service ")
                .replace('/', ' ');
        String part = request.contentType().contains("json-patch")
                ? " finalizer"
                : request.contentType().contains("merge-patch") && !path.endsWith(" status") ? " annotations" : "";
        return new Call(
                Side.KUBERNETES,
                request.method() + " " + path + part,
                !request.method().equals("GET") && path.startsWith("service "));
    }

    /** Whether it is the shared watch on load balancers that asks. */
    boolean isWatch() {
        return what.equals(WATCH);
    }

    boolean creates() {
        return changes && what.startsWith("POST ");
    }

    @Override
    public String toString() {
        return what;
    }
}
