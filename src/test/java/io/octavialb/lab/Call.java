package io.octavialb.lab;

/**
 * One request as a client sent it.
 *
 * @param path the raw path, such as {@code /v2/lbaas/loadbalancers}
 * @param query the raw query without the question mark, empty when there is none
 */
public record Call(CloudService service, String method, String path, String query) {
    /** Whether it only reads: GET or HEAD. */
    public boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether it asks Keystone for a token. */
    public boolean isLogin() {
        return service == CloudService.KEYSTONE && method.equals("POST") && path.endsWith("/auth/tokens");
    }

    /** Whether it changes the cloud: neither a read nor a login. */
    public boolean isMutation() {
        return !isRead() && !isLogin();
    }

    @Override
    public String toString() {
        return service + " " + method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
}
