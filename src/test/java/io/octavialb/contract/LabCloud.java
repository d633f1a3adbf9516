package io.octavialb.contract;

import static org.awaitility.Awaitility.await;

import io.octavialb.lab.Lab;
import io.octavialb.lab.Lab.ApplicationCredential;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The real lab; what no API can do goes by {@code src/lab/ctl.sh}. */
final class LabCloud implements CloudUnderTest {
    private static final String WORKER = "octavia-worker";

    private final Lab lab = Lab.load();

    @Override
    public URI authUrl() {
        return lab.authUrl();
    }

    @Override
    public ApplicationCredential applicationCredential() {
        return lab.applicationCredential();
    }

    @Override
    public String project(String name) {
        return lab.project(name);
    }

    @Override
    public String network(String name) {
        return lab.network(name);
    }

    @Override
    public String subnet(String name) {
        return lab.subnet(name);
    }

    @Override
    public String port(String name) {
        return lab.port(name);
    }

    @Override
    public String securityGroup(String name) {
        return lab.securityGroup(name);
    }

    @Override
    public String flavor(String name) {
        return lab.flavor(name);
    }

    @Override
    public void putInError(String loadBalancerId) {
        control(
                "sql",
                "octavia",
                "UPDATE load_balancer SET provisioning_status='ERROR' WHERE id='" + loadBalancerId + "'");
    }

    @Override
    public Hold hold() {
        control("pause", WORKER);
        return () -> control("resume", WORKER);
    }

    @Override
    public void passASecond() {
        long second = Instant.now().getEpochSecond();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Instant.now().getEpochSecond() > second);
    }

    @Override
    public String createProject(String name) {
        try (Sessions sessions = new Sessions(this)) {
            Api keystone = sessions.as(Account.ADMINISTRATOR).keystone();
            String id = Json.text(
                    keystone.post("/projects", "{project: {name: '%s', domain_id: 'default'}}".formatted(name))
                            .expect(201),
                    "/project/id");
            String user = Json.text(
                    keystone.get("/users?name=" + Account.CONTROLLER.user()).expect(200), "/users/0/id");
            for (String role : List.of("member", "load-balancer_member")) {
                String roleId = Json.text(keystone.get("/roles?name=" + role).expect(200), "/roles/0/id");
                keystone.put("/projects/" + id + "/users/" + user + "/roles/" + roleId, "")
                        .expect(204);
            }
            return id;
        }
    }

    @Override
    public void deleteProject(String id) {
        try (Sessions sessions = new Sessions(this)) {
            Sessions.Session administrator = sessions.as(Account.ADMINISTRATOR);
            // Neutron gives every project a group on first use and keeps it when Keystone forgets the project.
            Api neutron = administrator.neutron();
            var groups = neutron.get("/security-groups?project_id=" + id).expect(200);
            for (String group : Json.each(groups.path("security_groups"), "id")) {
                neutron.delete("/security-groups/" + group).expect(204);
            }
            administrator.keystone().delete("/projects/" + id).expect(204);
        }
    }

    private static void control(String... arguments) {
        List<String> command = new ArrayList<>(List.of("src/lab/ctl.sh"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(command + " did not run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }
}
