package io.octavialb.openstack;

import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Pipeline.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.api.types.Facing;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.core.transport.Config;
import org.openstack4j.openstack.OSFactory;
import org.openstack4j.openstack.internal.BaseOpenStackService;

/**
 * One API that the catalog names, spoken to with the session's token.
 *
 * <p>A 401 means that nothing was done, so the request is sent again, once, with a new token.
 */
final class ServiceEndpoint extends BaseOpenStackService {
    private final ServiceType type;
    private final SharedValue<Session> sessions;
    private final List<String> credentialSecrets;
    private final Pipeline pipeline;
    private final Access access;
    private final Tenure tenure;

    /** Which endpoints of the catalog, and how to reach them; a null region takes the catalog's first. */
    record Access(Facing facing, @Nullable String region, Config config) {}

    ServiceEndpoint(
            ServiceType type,
            SharedValue<Session> sessions,
            List<String> credentialSecrets,
            Pipeline pipeline,
            Access access,
            Tenure tenure) {
        super(type);
        this.type = type;
        this.sessions = sessions;
        this.credentialSecrets = credentialSecrets;
        this.pipeline = pipeline;
        this.access = access;
        this.tenure = tenure;
    }

    /** The same endpoint for changes within a tenure. */
    ServiceEndpoint during(Tenure other) {
        return new ServiceEndpoint(type, sessions, credentialSecrets, pipeline, access, other);
    }

    /** Sends the request and reads its answer; both again where that is safe. */
    <T> T call(ApiRequest request, Function<Answer, T> reader) {
        return pipeline.call(request, () -> authenticated(request, reader));
    }

    private <T> T authenticated(ApiRequest request, Function<Answer, T> reader) {
        Session session = sessions.get();
        try {
            return attempt(session, request, reader);
        } catch (CloudException e) {
            if (e.fault().kind() != Kind.UNAUTHENTICATED) {
                throw e;
            }
        }
        sessions.discard(session);
        return attempt(sessions.get(), request, reader);
    }

    private <T> T attempt(Session session, ApiRequest request, Function<Answer, T> reader) {
        List<String> secrets = new ArrayList<>(credentialSecrets);
        secrets.add(session.token().getId());
        return pipeline.attempt(request, secrets, () -> {
            Answer answer = send(session, request);
            return new Result<>(answer.getStatus(), reader.apply(answer));
        });
    }

    /** openstack4j finds the session by thread; the client made here is the one that this thread's request uses. */
    private Answer send(Session session, ApiRequest request) {
        OSClientV3 client = OSFactory.clientFromToken(session.token(), access.facing(), access.config());
        if (access.region() != null) {
            client.useRegion(access.region());
        }
        Invocation<Void> invocation = request(request.method(), Void.class, request.path());
        request.query().params().forEach(param -> invocation.param(param.name(), param.value()));
        if (request.ifMatch() != null) {
            invocation.header("If-Match", request.ifMatch());
        }
        if (request.body() != null) {
            invocation.entity(request.body());
        }
        return request.mutation()
                ? JdkConnector.during(tenure, () -> (Answer) invocation.executeWithResponse())
                : (Answer) invocation.executeWithResponse();
    }
}
