package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.config.Credentials;
import io.octavialb.config.Credentials.Project;
import io.octavialb.config.Credentials.User;
import io.octavialb.config.Secret;
import io.octavialb.lab.Lab;
import io.octavialb.openstack.CloudException.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way to authenticate, on the real Keystone. */
@Tag(Lab.TAG)
class LabCredentialsTest {
    private final Lab lab = Lab.load();
    private final User byName = new User(null, "occm", Globals.DEFAULT_BY_NAME);

    private void works(Credentials credentials) {
        try (OpenStack cloud = open(credentials)) {
            assertThat(cloud.octavia().version().minor()).isGreaterThan(20);
            assertThat(cloud.neutron().externalNetworks()).extracting("name").contains("public", "public-alt");
        }
    }

    private OpenStack open(Credentials credentials) {
        return OpenStack.open(
                Globals.plain(lab.authUrl().toString(), credentials),
                Duration.ofSeconds(30),
                attempt -> {},
                InstantSource.system());
    }

    @Test
    void passwordWithNames() {
        works(Globals.password("occm", "occm-lab", "occm"));
    }

    @Test
    void passwordWithIds() throws Exception {
        var user = new User(ownId("/token/user/id"), null, null);
        works(new Credentials.Password(user, new Secret("occm-lab"), new Project(lab.project("occm"), null, null)));
    }

    @Test
    void applicationCredentialById() {
        works(Globals.applicationCredential(
                lab.applicationCredential().id(), lab.applicationCredential().secret()));
    }

    @Test
    void applicationCredentialByName() {
        var secret = new Secret(lab.applicationCredential().secret());
        works(new Credentials.ApplicationCredential(null, "occm", byName, secret));
    }

    @Test
    void aReadyMadeToken() throws Exception {
        works(new Credentials.Token(new Secret(passwordToken()), null));
    }

    @Test
    void aReadyMadeTokenForAProject() throws Exception {
        works(new Credentials.Token(new Secret(passwordToken()), new Project(lab.project("occm"), null, null)));
    }

    @Test
    void aTrust() throws Exception {
        var trustor = ownId("/token/user/id");
        var trustee = id(login("other", "other"), "/token/user/id");
        var roles = Json.MAPPER.createArrayNode();
        roles.addObject().put("name", "load-balancer_member");
        roles.addObject().put("name", "member");
        var trust = Json.MAPPER
                .createObjectNode()
                .put("trustor_user_id", trustor)
                .put("trustee_user_id", trustee)
                .put("project_id", lab.project("occm"))
                .put("impersonation", true);
        trust.set("roles", roles);
        var token = passwordToken();
        var created = send(HttpRequest.newBuilder(URI.create(lab.authUrl() + "/OS-TRUST/trusts"))
                .header("Content-Type", "application/json")
                .header("X-Auth-Token", token)
                .POST(BodyPublishers.ofString(
                        Json.MAPPER.createObjectNode().set("trust", trust).toString()))
                .build());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        var id = Json.MAPPER.readTree(created.body()).at("/trust/id").asText();
        try {
            works(new Credentials.Trust(id, new User(trustee, null, null), new Secret("occm-lab")));
        } finally {
            send(HttpRequest.newBuilder(URI.create(lab.authUrl() + "/OS-TRUST/trusts/" + id))
                    .header("X-Auth-Token", token)
                    .DELETE()
                    .build());
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithKeystonesWords() {
        try (OpenStack cloud = open(Globals.password("occm", "not-the-password", "occm"))) {
            assertThatThrownBy(cloud::authenticate).isInstanceOfSatisfying(CloudException.class, e -> {
                assertThat(e.fault().kind()).isEqualTo(Kind.UNAUTHENTICATED);
                assertThat(e.fault().status()).isEqualTo(401);
                assertThat(e.fault().text()).contains("requires authentication");
                assertThat(e.fault().requestId()).startsWith("req-");
                assertThat(e).hasMessageNotContaining("not-the-password");
            });
        }
    }

    private String ownId(String pointer) throws Exception {
        return id(login("occm", "occm"), pointer);
    }

    private static String id(HttpResponse<String> login, String pointer) throws Exception {
        JsonNode node = Json.MAPPER.readTree(login.body()).at(pointer);
        assertThat(node.isTextual()).as(login.body()).isTrue();
        return node.asText();
    }

    private String passwordToken() throws Exception {
        return login("occm", "occm").headers().firstValue("X-Subject-Token").orElseThrow();
    }

    private HttpResponse<String> login(String user, String project) throws Exception {
        var body = new Login(Globals.password(user, "occm-lab", project)).json().toString();
        return send(HttpRequest.newBuilder(URI.create(lab.authUrl() + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
