package io.octavialb.openstack;

import io.octavialb.config.Credentials;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Pipeline.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.api.types.Facing;
import org.openstack4j.core.transport.ClientConstants;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.internal.HttpExecutor;
import org.openstack4j.model.identity.AuthStore;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;
import org.openstack4j.openstack.internal.OSAuthenticator;

/** Gets tokens from the Identity API v3. */
final class Keystone {
    /** A log-in changes nothing that matters: it may be repeated like a read. */
    static final ApiRequest LOGIN =
            new ApiRequest(HttpMethod.POST, "/v3/auth/tokens", List.of(), Query.NONE, null, null, false);

    private static final ApiRequest VALIDATION = ApiRequest.get("/v3/auth/tokens", List.of(), Query.NONE);

    private final String url;
    private final Credentials credentials;
    private final Config config;
    private final Pipeline pipeline;
    private final InstantSource time;
    private volatile boolean loggedIn;

    Keystone(String authUrl, Credentials credentials, Config config, Pipeline pipeline, InstantSource time) {
        this.url = versioned(authUrl);
        this.credentials = credentials;
        this.config = config;
        this.pipeline = pipeline;
        this.time = time;
    }

    /** A new token. One that was given to us ready-made serves only once: nobody can renew it for us. */
    Session login() {
        boolean readyMade = credentials instanceof Credentials.Token;
        if (readyMade && loggedIn) {
            throw new CloudException(
                    Faults.unsent(
                            LOGIN,
                            Kind.UNAUTHENTICATED,
                            "the token of the cloud-config ended and can't be renewed: use an application credential"),
                    null);
        }
        boolean scoped = !(credentials instanceof Credentials.Token token) || token.project() != null;
        ApiRequest request = scoped ? LOGIN : VALIDATION;
        Instant now = time.instant();
        KeystoneToken token = pipeline.call(
                request,
                () -> pipeline.attempt(request, secrets(), () -> {
                    KeystoneToken answered = scoped ? authenticated() : validated();
                    return new Result<>(scoped ? 201 : 200, answered);
                }));
        loggedIn = true;
        return readyMade ? new Session(token, Instant.MAX) : Session.startedAt(now, token);
    }

    List<String> secrets() {
        return Login.secrets(credentials);
    }

    private KeystoneToken authenticated() {
        AuthStore login = new Login(credentials);
        OSClientV3 client = (OSClientV3) OSAuthenticator.invoke(login, url, Facing.PUBLIC, config, null);
        KeystoneToken token = (KeystoneToken) client.getToken();
        if (token.getId() == null) {
            throw ExchangeException.noAnswer("the answer has no X-Subject-Token", null);
        }
        return token;
    }

    /** Reads the catalog of a token that already has its project. */
    private KeystoneToken validated() {
        String id = secrets().getFirst();
        KeystoneToken token = HttpExecutor.create()
                .execute(HttpRequest.builder(KeystoneToken.class)
                        .endpoint(url)
                        .path("/auth/tokens")
                        .method(HttpMethod.GET)
                        .header(ClientConstants.HEADER_X_AUTH_TOKEN, id)
                        .header(ClientConstants.HEADER_X_SUBJECT_TOKEN, id)
                        .config(config)
                        .build())
                .getEntity(KeystoneToken.class);
        token.setId(id);
        token.setEndpoint(url);
        return token;
    }

    /** The auth-url of a cloud-config names the version or leaves it out. */
    private static String versioned(String authUrl) {
        return Catalog.withoutVersion(authUrl) + "/v3";
    }
}
