package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.config.Credentials;
import io.octavialb.config.Credentials.Domain;
import io.octavialb.config.Credentials.Project;
import io.octavialb.config.Credentials.User;
import io.octavialb.config.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack4j.openstack.common.Auth;
import org.openstack4j.openstack.identity.v3.domain.KeystoneAuth;

/** The body of {@code POST /v3/auth/tokens}; openstack4j itself knows neither application credentials nor trusts. */
final class Login extends KeystoneAuth implements JsonBody {
    private static final long serialVersionUID = 1L;

    private final transient Credentials credentials;

    Login(Credentials credentials) {
        super(Auth.Type.CREDENTIALS);
        this.credentials = credentials;
    }

    /** What must never be shown. */
    static List<String> secrets(Credentials credentials) {
        Secret secret = switch (credentials) {
            case Credentials.Password it -> it.password();
            case Credentials.ApplicationCredential it -> it.secret();
            case Credentials.Trust it -> it.password();
            case Credentials.Token it -> it.token();
        };
        return List.of(secret.value());
    }

    @Override
    public JsonNode json() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ObjectNode auth = body.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        switch (credentials) {
            case Credentials.Password it -> {
                password(identity, it.user(), it.password());
                project(auth, it.project());
            }
            case Credentials.ApplicationCredential it -> applicationCredential(identity, it);
            case Credentials.Trust it -> {
                password(identity, it.trustee(), it.password());
                auth.putObject("scope").putObject("OS-TRUST:trust").put("id", it.trustId());
            }
            case Credentials.Token it -> {
                identity.putArray("methods").add("token");
                identity.putObject("token").put("id", it.token().value());
                project(auth, it.project());
            }
        }
        return body;
    }

    private static void password(ObjectNode identity, User user, Secret password) {
        identity.putArray("methods").add("password");
        user(identity.putObject("password"), user).put("password", password.value());
    }

    private static void applicationCredential(ObjectNode identity, Credentials.ApplicationCredential credential) {
        identity.putArray("methods").add("application_credential");
        ObjectNode body = identity.putObject("application_credential");
        if (credential.id() != null) {
            body.put("id", credential.id());
        } else {
            body.put("name", credential.name());
            if (credential.user() != null) {
                user(body, credential.user());
            }
        }
        body.put("secret", credential.secret().value());
    }

    private static ObjectNode user(ObjectNode parent, User user) {
        ObjectNode node = parent.putObject("user");
        named(node, user.id(), user.name(), user.domain());
        return node;
    }

    private static void project(ObjectNode auth, @Nullable Project project) {
        if (project != null) {
            named(auth.putObject("scope").putObject("project"), project.id(), project.name(), project.domain());
        }
    }

    private static void named(ObjectNode node, @Nullable String id, @Nullable String name, @Nullable Domain domain) {
        if (id != null) {
            node.put("id", id);
            return;
        }
        node.put("name", name);
        if (domain != null) {
            node.putObject("domain")
                    .put(domain.id() != null ? "id" : "name", domain.id() != null ? domain.id() : domain.name());
        }
    }
}
