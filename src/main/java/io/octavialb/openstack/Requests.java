package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.openstack.CloudException.Kind;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.Function;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.internal.HttpExecutor;

/**
 * Sends requests with the shared token to an endpoint of the catalog, and reads the answers.
 *
 * <p>A 401 is answered by one renewal of the token and one repetition: the API has not looked at the request.
 */
final class Requests {
    private final Config config;
    private final Catalog catalog;
    private final Session session;
    private final Answers answers;
    private final Resilience resilience;
    private final Attempts attempts;

    Requests(
            ObjectMapper json,
            Config config,
            Catalog catalog,
            Session session,
            InstantSource clock,
            Resilience resilience,
            RequestObserver observer) {
        this.config = config;
        this.catalog = catalog;
        this.session = session;
        this.answers = new Answers(json, clock);
        this.resilience = resilience;
        this.attempts = new Attempts(observer);
    }

    /** What an answer's JSON is converted to; an IllegalArgumentException says that it is of another form. */
    @FunctionalInterface
    interface Conversion<T> {
        T of(JsonNode body);
    }

    /** Sends a request whose answer is a JSON object, and converts that. */
    <T> T send(ApiService service, ApiRequest request, Conversion<T> conversion) {
        return authenticated(
                token -> resilience.call(service, request, () -> once(service, request, token, true, conversion)));
    }

    /** Sends a request whose answer says nothing but that it succeeded. */
    void send(ApiService service, ApiRequest request) {
        authenticated(
                token -> resilience.call(service, request, () -> once(service, request, token, false, body -> body)));
    }

    private <T> T authenticated(Function<Token, T> call) {
        Token token = session.token();
        try {
            return call.apply(token);
        } catch (CloudException e) {
            if (e.fault().kind() != Kind.UNAUTHENTICATED) {
                throw e;
            }
            return call.apply(session.after(token));
        }
    }

    private <T> T once(
            ApiService service, ApiRequest request, Token token, boolean bodyPromised, Conversion<T> conversion) {
        String endpoint = service.root(catalog.endpoint(token.keystone(), service));
        return attempts.observed(service, request, () -> {
            HttpResponse response = execute(request, endpoint, token);
            JsonNode body = answers.read(request, response, bodyPromised);
            try {
                return conversion.of(body);
            } catch (IllegalArgumentException e) {
                throw answers.malformed(request, response, e);
            }
        });
    }

    private HttpResponse execute(ApiRequest request, String endpoint, Token token) {
        HttpRequest.RequestBuilder<Void> builder = HttpRequest.builder()
                .endpoint(endpoint)
                .path(request.path())
                .method(request.method())
                .config(config)
                .header("X-Auth-Token", token.id());
        request.query().forEach(parameter -> builder.queryParam(parameter.name(), parameter.value()));
        if (request.body() != null) {
            builder.json(request.body().toString());
        }
        try {
            return HttpExecutor.create().execute(builder.build());
        } catch (UncheckedIOException e) {
            throw answers.noAnswer(request, e);
        }
    }
}
