package io.octavialb.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.io.UncheckedIOException;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.core.transport.internal.HttpExecutor;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/** Gets a token: {@code POST /v3/auth/tokens}. */
final class Authentication {
    static final String PATH = "/v3/auth/tokens";

    private final OpenStackSettings settings;
    private final Config config;
    private final Answers answers;
    private final Resilience resilience;
    private final Attempts attempts;

    Authentication(
            OpenStackSettings settings,
            Config config,
            Answers answers,
            Resilience resilience,
            RequestObserver observer) {
        this.settings = settings;
        this.config = config;
        this.answers = answers;
        this.resilience = resilience;
        this.attempts = new Attempts(observer);
    }

    Token authenticate() {
        ApiRequest request =
                ApiRequest.of(HttpMethod.POST, PATH).with(AuthenticationRequest.of(settings.credentials()));
        return resilience.unlimited(
                ApiService.KEYSTONE,
                request,
                () -> attempts.observed(ApiService.KEYSTONE, request, () -> token(request, send(request))));
    }

    private HttpResponse send(ApiRequest request) {
        try {
            return HttpExecutor.create()
                    .execute(HttpRequest.builder()
                            .endpoint(ApiService.KEYSTONE.root(withoutSlash(settings.authUrl())))
                            .path(request.path())
                            .method(request.method())
                            .config(config)
                            .json(String.valueOf(request.body()))
                            .build());
        } catch (UncheckedIOException e) {
            throw answers.noAnswer(request, e);
        }
    }

    private Token token(ApiRequest request, HttpResponse response) {
        JsonNode body = answers.read(request, response, true);
        String id = response.header("X-Subject-Token");
        try {
            KeystoneToken token = ObjectMapperSingleton.getContext(KeystoneToken.class)
                    .readerFor(KeystoneToken.class)
                    .readValue(body.toString());
            if (id == null || token.getExpires() == null) {
                throw new IllegalArgumentException("no token, or no time of its expiry");
            }
            return new Token(id, token.getExpires().toInstant(), token);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // The cause is left out: what could not be read may quote the token's body.
            throw new CloudException(
                    new Fault(
                            Kind.MALFORMED,
                            request.label(),
                            false,
                            response.getStatus(),
                            "the answer holds no token that can be read",
                            response.header("x-openstack-request-id"),
                            null),
                    null);
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
