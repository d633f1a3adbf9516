package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.embedded.openstack.Seeds.User;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Identity API v3: {@code /identity/v3/auth/tokens}, and the tokens that the other APIs accept. */
final class Keystone {
    static final String REGION = "RegionOne";
    static final String APPLICATION_CREDENTIAL_SECRET = "occm-application-secret";
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final CloudState state;
    private final Map<String, Token> tokens = new HashMap<>();
    private final List<User> users = new ArrayList<>(Seeds.users());
    private Duration life = Duration.ofHours(1);
    private String baseUrl = "http://embedded";

    private record Token(User user, List<String> methods, Instant issued, Instant expires) {}

    Keystone(CloudState state) {
        this.state = state;
    }

    void baseUrl(String url) {
        baseUrl = url;
    }

    void tokenLife(Duration duration) {
        life = duration;
    }

    /** All tokens end at once, as after a restart with new keys. */
    void revokeTokens() {
        tokens.clear();
    }

    /** A project that user occm may log in to as to its own. */
    String addProject(String name) {
        User occm = users.getFirst();
        users.add(new User(occm.name(), occm.password(), name, occm.roles()));
        return Seeds.project(name);
    }

    void removeProject(String id) {
        users.removeIf(user -> Seeds.project(user.projectName()).equals(id));
        tokens.values()
                .removeIf(token -> Seeds.project(token.user().projectName()).equals(id));
    }

    static String applicationCredentialId() {
        return Seeds.hexId("application_credentials", "occm");
    }

    /** Who a token stands for; 401 when it is unknown or ended. */
    Caller caller(@Nullable String tokenId) {
        return valid(tokenId).orElseThrow(Refusal::unauthenticated).user().caller();
    }

    private Optional<Token> valid(@Nullable String id) {
        return Optional.ofNullable(tokens.get(id == null ? "" : id))
                .filter(token -> token.expires().isAfter(state.now()));
    }

    /** Answers a request to what follows {@code /identity}. */
    CloudAnswer answer(List<String> path, CloudRequest request) {
        if (!path.equals(List.of("v3", "auth", "tokens"))) {
            throw Refusal.keystone(404, "Not Found", "The resource could not be found.");
        }
        if (request.is("POST")) {
            return login(request.body());
        }
        caller(request.header("x-auth-token"));
        String subject = request.header("x-subject-token");
        Token token = valid(subject)
                .orElseThrow(() -> Refusal.keystone(404, "Not Found", "Could not recognize Fernet token"));
        if (request.is("DELETE")) {
            tokens.remove(subject);
            return CloudAnswer.empty(204);
        }
        return new CloudAnswer(200, Map.of("X-Subject-Token", String.valueOf(subject)), body(token));
    }

    private CloudAnswer login(@Nullable JsonNode body) {
        JsonNode auth = body == null ? CloudState.object() : body.path("auth");
        JsonNode identity = auth.path("identity");
        List<String> methods =
                identity.path("methods").valueStream().map(JsonNode::asText).toList();
        if (methods.isEmpty()) {
            throw Refusal.keystone(400, "Bad Request", "'identity' is a required property");
        }
        Instant now = state.now();
        Token token = switch (methods.getFirst()) {
            case "password" ->
                new Token(
                        byPassword(
                                identity.path("password").path("user"),
                                auth.path("scope").path("project")),
                        methods,
                        now,
                        now.plus(life));
            case "application_credential" ->
                new Token(
                        byApplicationCredential(identity.path("application_credential")), methods, now, now.plus(life));
            case "token" -> {
                Token old = valid(identity.path("token").path("id").asText()).orElseThrow(Refusal::unauthenticated);
                yield new Token(old.user(), List.of("password", "token"), now, old.expires());
            }
            default -> throw Refusal.unauthenticated();
        };
        checkScope(auth.path("scope").path("project"), token.user());
        String id = "gAAAAAB" + (state.newId() + state.newId() + state.newId()).replace('-', '_');
        tokens.put(id, token);
        return new CloudAnswer(201, Map.of("X-Subject-Token", id), body(token));
    }

    private User byPassword(JsonNode given, JsonNode project) {
        return users.stream()
                .filter(user -> inScope(project, user))
                .filter(user -> user.name().equals(given.path("name").asText())
                        || user.id().equals(given.path("id").asText()))
                .filter(user -> user.password().equals(given.path("password").asText()))
                .findFirst()
                .orElseThrow(Refusal::unauthenticated);
    }

    private static User byApplicationCredential(JsonNode given) {
        boolean named = given.path("id").asText().equals(applicationCredentialId())
                || (given.path("name").asText().equals("occm")
                        && (given.path("user").path("name").asText().equals("occm")
                                || given.path("user").path("id").asText().equals(Seeds.hexId("users", "occm"))));
        if (!named && given.has("id")) {
            throw Refusal.keystone(
                    404,
                    "Not Found",
                    "Could not find Application Credential: " + given.path("id").asText() + ".");
        }
        if (!named || !given.path("secret").asText().equals(APPLICATION_CREDENTIAL_SECRET)) {
            throw Refusal.unauthenticated();
        }
        return Seeds.users().getFirst();
    }

    private static void checkScope(JsonNode project, User user) {
        if (!inScope(project, user)) {
            throw Refusal.unauthenticated();
        }
    }

    private static boolean inScope(JsonNode project, User user) {
        return project.isMissingNode()
                || project.path("id").asText().equals(Seeds.project(user.projectName()))
                || project.path("name").asText().equals(user.projectName());
    }

    private ObjectNode body(Token token) {
        User user = token.user();
        ObjectNode body = CloudState.object();
        ObjectNode node = body.putObject("token");
        token.methods().forEach(node.putArray("methods")::add);
        node.set("user", named(user.id(), user.name()).putNull("password_expires_at"));
        node.putArray("audit_ids").add("embedded");
        node.put("expires_at", FORMAT.format(token.expires())).put("issued_at", FORMAT.format(token.issued()));
        node.set("project", named(Seeds.project(user.projectName()), user.projectName()));
        node.put("is_domain", false);
        ArrayNode roles = node.putArray("roles");
        user.roles().stream()
                .sorted()
                .forEach(role ->
                        roles.addObject().put("id", Seeds.hexId("roles", role)).put("name", role));
        ArrayNode catalog = node.putArray("catalog");
        service(catalog, "load-balancer", "octavia", "/load-balancer");
        service(catalog, "network", "neutron", "/networking");
        service(catalog, "identity", "keystone", "/identity/v3");
        if (token.methods().contains("application_credential")) {
            node.putObject("application_credential")
                    .put("id", applicationCredentialId())
                    .put("name", "occm")
                    .put("restricted", true);
        }
        return body;
    }

    private static ObjectNode named(String id, String name) {
        ObjectNode node = CloudState.object();
        node.putObject("domain").put("id", "default").put("name", "Default");
        return node.put("id", id).put("name", name);
    }

    private void service(ArrayNode catalog, String type, String name, String path) {
        ObjectNode service = catalog.addObject();
        ArrayNode endpoints = service.putArray("endpoints");
        for (String kind : List.of("admin", "internal", "public")) {
            endpoints
                    .addObject()
                    .put("id", Seeds.hexId("endpoints", type + "/" + kind))
                    .put("interface", kind)
                    .put("region_id", REGION)
                    .put("url", baseUrl + path)
                    .put("region", REGION);
        }
        service.put("id", Seeds.hexId("services", type)).put("type", type).put("name", name);
    }
}
