package io.octavialb.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Logins to one cloud, one for each account, kept for the whole run. */
final class Sessions implements AutoCloseable {
    private final CloudUnderTest cloud;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Account, Session> open = new ConcurrentHashMap<>();

    Sessions(CloudUnderTest cloud) {
        this.cloud = cloud;
    }

    CloudUnderTest cloud() {
        return cloud;
    }

    /** The session of an account, from an earlier login when there was one. */
    Session as(Account account) {
        return open.computeIfAbsent(account, this::login);
    }

    /** A new login, with a token of its own. */
    Session login(Account account) {
        return session(keystone("").post("/auth/tokens", account.login()));
    }

    /** Keystone, asked with this token, or without when it is empty. */
    Api keystone(String token) {
        return new Api(http, cloud.authUrl().toString(), token);
    }

    /** What a token from this answer opens, at the addresses that its catalogue names. */
    Session session(Answer login) {
        JsonNode catalog = login.expect(201).at("/token/catalog");
        String token = login.headers().firstValue("X-Subject-Token").orElseThrow();
        return new Session(
                token,
                keystone(token),
                new Api(http, endpoint(catalog, "network") + "/v2.0", token),
                new Api(http, endpoint(catalog, "load-balancer") + "/v2/lbaas", token));
    }

    /** Octavia or Neutron with a token of any text. */
    Api service(Account catalogOf, String type, String token) {
        JsonNode catalog =
                keystone("").post("/auth/tokens", catalogOf.login()).expect(201).at("/token/catalog");
        return new Api(http, endpoint(catalog, type), token);
    }

    private static String endpoint(JsonNode catalog, String type) {
        JsonNode endpoints = Json.where(catalog, "type", type).path("endpoints");
        return Json.text(Json.where(endpoints, "interface", "public"), "/url");
    }

    @Override
    public void close() {
        http.close();
    }

    /** A token and the services it opens; the token stays out of {@link #toString}. */
    record Session(String token, Api keystone, Api neutron, Api octavia) {
        @Override
        public String toString() {
            return "Session";
        }
    }
}
