package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.contract.Sessions.Session;
import io.octavialb.lab.Lab.ApplicationCredential;
import org.junit.jupiter.api.Test;

/** Keystone: logins, the catalogue, tokens that are not valid any more. */
abstract class IdentityContract extends Contract {
    private static final String UNAUTHORIZED =
            "{error: {code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.'}}";

    IdentityContract(Sessions sessions) {
        super(sessions);
    }

    private Answer login(String body) {
        return sessions().keystone("").post("/auth/tokens", body);
    }

    private static String applicationCredential(String id, String secret) {
        return "{auth: {identity: {methods: ['application_credential'], application_credential: {id: '%s', secret: '%s'}}}}"
                .formatted(id, secret);
    }

    @Test
    void aPasswordLoginAnswersTokenProjectRolesAndCatalogue() {
        Answer answer = login(Account.CONTROLLER.login());
        JsonNode token = answer.expect(201).path("token");
        assertThat(answer.headers().firstValue("X-Subject-Token")).isPresent();
        assertThat(Json.text(token, "/project/id")).isEqualTo(cloud().project("occm"));
        assertThat(Json.each(token.path("roles"), "name")).contains("member", "load-balancer_member");
        assertThat(Json.each(token.path("catalog"), "type"))
                .containsExactlyInAnyOrder("identity", "network", "load-balancer");
        assertThat(Json.text(token, "/expires_at"))
                .isGreaterThan(Json.text(token, "/issued_at"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void everyServiceHasAPublicInternalAndAdminEndpointInRegionOne() {
        JsonNode catalog = login(Account.CONTROLLER.login()).expect(201).at("/token/catalog");
        for (JsonNode service : catalog) {
            JsonNode endpoints = service.path("endpoints");
            assertThat(Json.each(endpoints, "interface")).containsExactlyInAnyOrder("public", "internal", "admin");
            assertThat(Json.each(endpoints, "region_id")).containsOnly("RegionOne");
            assertThat(Json.each(endpoints, "region")).containsOnly("RegionOne");
        }
    }

    @Test
    void anApplicationCredentialLogsInToItsProject() {
        ApplicationCredential credential = cloud().applicationCredential();
        Answer answer = login(applicationCredential(credential.id(), credential.secret()));
        assertThat(Json.text(answer.expect(201), "/token/project/id")).isEqualTo(cloud().project("occm"));
        Session session = sessions().session(answer);
        session.octavia().get("/loadbalancers?limit=1").expect(200);
        session.neutron().get("/ports?limit=1").expect(200);
    }

    @Test
    void aBadPasswordUserOrProjectIsRefusedWith401() {
        login(new Account("occm", "wrong", "occm").login()).expect(401, UNAUTHORIZED);
        login(new Account("nobody", "occm-lab", "occm").login()).expect(401, UNAUTHORIZED);
        login(Account.CONTROLLER.in("other").login()).expect(401, UNAUTHORIZED);
        login(Account.CONTROLLER.in("nowhere").login()).expect(401, UNAUTHORIZED);
    }

    @Test
    void anUnknownApplicationCredentialIsAnsweredWith404() {
        login(applicationCredential("nope", "x"))
                .expect(
                        404,
                        "{error: {code: 404, message: 'Could not find Application Credential: nope.', title: 'Not Found'}}");
    }

    @Test
    void aBadSecretIsRefusedWith401() {
        login(applicationCredential(cloud().applicationCredential().id(), "wrong"))
                .expect(401, UNAUTHORIZED);
    }

    @Test
    void aTokenRevokedBeforeItsFirstUseIsRefusedByEveryService() {
        Session session = sessions().login(Account.CONTROLLER);
        as(Account.CONTROLLER)
                .keystone()
                .delete("/auth/tokens", "X-Subject-Token: " + session.token())
                .expect(204);
        session.octavia().get("/loadbalancers?limit=1").expect(401, UNAUTHORIZED);
        session.neutron().get("/ports?limit=1").expect(401, UNAUTHORIZED);
    }

    @Test
    void aTokenThatNobodyGaveOutAndNoTokenAreRefusedWith401() {
        for (String token : new String[] {"bad", ""}) {
            sessions()
                    .service(Account.CONTROLLER, "load-balancer", token)
                    .get("/v2/lbaas/loadbalancers")
                    .expect(401, UNAUTHORIZED);
            sessions()
                    .service(Account.CONTROLLER, "network", token)
                    .get("/v2.0/ports")
                    .expect(401, UNAUTHORIZED);
        }
    }
}
