package io.octavialb.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.config.Credentials;
import io.octavialb.config.Credentials.Domain;
import io.octavialb.config.Credentials.Project;
import io.octavialb.config.Credentials.User;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v3/auth/tokens}.
 *
 * <p>openstack4j's own model of it knows neither application credentials nor trusts with domains.
 */
final class AuthenticationRequest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AuthenticationRequest() {}

    static ObjectNode of(Credentials credentials) {
        ObjectNode auth = JSON.objectNode();
        ObjectNode identity = auth.putObject("identity");
        switch (credentials) {
            case Credentials.Password password -> {
                password(identity, password.user(), password.password().value());
                auth.putObject("scope").set("project", project(password.project()));
            }
            case Credentials.ApplicationCredential credential -> applicationCredential(identity, credential);
            case Credentials.Trust trust -> {
                password(identity, trust.trustee(), trust.password().value());
                auth.putObject("scope").putObject("OS-TRUST:trust").put("id", trust.trustId());
            }
            case Credentials.Token token -> {
                identity.putArray("methods").add("token");
                identity.putObject("token").put("id", token.token().value());
                if (token.project() != null) {
                    auth.putObject("scope").set("project", project(token.project()));
                }
            }
        }
        return JSON.objectNode().set("auth", auth);
    }

    private static void password(ObjectNode identity, User user, String password) {
        identity.putArray("methods").add("password");
        identity.putObject("password").set("user", user(user).put("password", password));
    }

    private static void applicationCredential(ObjectNode identity, Credentials.ApplicationCredential credential) {
        identity.putArray("methods").add("application_credential");
        ObjectNode body = identity.putObject("application_credential");
        body.put("secret", credential.secret().value());
        if (credential.id() != null) {
            body.put("id", credential.id());
            return;
        }
        body.put("name", credential.name());
        if (credential.user() != null) {
            body.set("user", user(credential.user()));
        }
    }

    private static ObjectNode user(User user) {
        return named(user.id(), user.name(), user.domain());
    }

    private static ObjectNode project(Project project) {
        return named(project.id(), project.name(), project.domain());
    }

    private static ObjectNode named(@Nullable String id, @Nullable String name, @Nullable Domain domain) {
        ObjectNode node = JSON.objectNode();
        if (id != null) {
            return node.put("id", id);
        }
        node.put("name", name);
        if (domain != null) {
            node.set("domain", named(domain.id(), domain.name(), null));
        }
        return node;
    }
}
