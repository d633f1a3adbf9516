package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Members: the batch and the single ones. */
abstract class MemberContract extends Contract {
    private String pool = "";

    MemberContract(Sessions sessions) {
        super(sessions);
    }

    /** A pool for one case. */
    private String members() {
        pool = Json.id(made().freePool(shared(), "TCP"));
        return "/pools/" + pool + "/members";
    }

    private JsonNode batch(String path, String members) {
        Answer answer = octavia().put(path, "{members: [" + members + "]}");
        assertThat(answer.expect(202).isMissingNode()).isTrue();
        settled(shared());
        return octavia().get("/pools/" + pool + "/members").expect(200).path("members");
    }

    @Test
    void aBatchIsAnsweredWith202AndNoBody() {
        JsonNode members = batch(
                members(), "{address: '10.6.0.11', protocol_port: 80}, {address: '10.6.0.12', protocol_port: 80}");
        assertThat(Json.each(members, "address")).containsExactlyInAnyOrder("10.6.0.11", "10.6.0.12");
        assertThat(Json.each(members, "provisioning_status")).containsOnly("ACTIVE");
    }

    @Test
    void aBatchDeletesTheMembersItDoesNotName() {
        String path = members();
        batch(path, "{address: '10.6.0.11', protocol_port: 80}, {address: '10.6.0.12', protocol_port: 80}");
        JsonNode left =
                batch(path, "{address: '10.6.0.12', protocol_port: 80}, {address: '10.6.0.13', protocol_port: 80}");
        assertThat(Json.each(left, "address")).containsExactlyInAnyOrder("10.6.0.12", "10.6.0.13");
        assertThat(batch(path, "")).isEmpty();
    }

    @Test
    void whatABatchLeavesOutOfAnExistingMemberGetsItsDefaultExceptNameSubnetAndTags() {
        String path = members();
        JsonNode before = batch(
                        path,
                        "{address: '10.6.0.11', protocol_port: 80, weight: 7, name: 'n', backup: true, monitor_port: 99, "
                                + "monitor_address: '10.6.0.12', tags: ['t'], admin_state_up: false, subnet_id: '"
                                + cloud().subnet("private-subnet") + "'}")
                .path(0);
        assertThat(before.path("weight").intValue()).isEqualTo(7);
        JsonNode after =
                batch(path, "{address: '10.6.0.11', protocol_port: 80}").path(0);
        assertThat(Json.id(after)).isEqualTo(Json.id(before));
        assertThat(after.path("weight").intValue()).isEqualTo(1);
        assertThat(after.path("backup").booleanValue()).isFalse();
        assertThat(after.path("monitor_port").isNull()).isTrue();
        assertThat(after.path("monitor_address").isNull()).isTrue();
        assertThat(after.path("admin_state_up").booleanValue()).isTrue();
        assertThat(Json.text(after, "/name")).isEqualTo("n");
        assertThat(Json.text(after, "/subnet_id")).isEqualTo(cloud().subnet("private-subnet"));
        assertThat(after.path("tags")).isEqualTo(Json.read("['t']"));
    }

    @Test
    void additiveOnlyDeletesNothing() {
        String path = members();
        batch(path, "{address: '10.6.0.11', protocol_port: 80}, {address: '10.6.0.12', protocol_port: 80}");
        JsonNode members = batch(
                path + "?additive_only=true",
                "{address: '10.6.0.13', protocol_port: 80}, {address: '10.6.0.11', protocol_port: 80, weight: 3}");
        assertThat(Json.each(members, "address")).containsExactlyInAnyOrder("10.6.0.11", "10.6.0.12", "10.6.0.13");
        assertThat(Json.where(members, "address", "10.6.0.11").path("weight").intValue())
                .isEqualTo(3);
    }

    @Test
    void anotherPortIsAnotherMember() {
        String path = members();
        String before =
                Json.id(batch(path, "{address: '10.6.0.11', protocol_port: 80}").path(0));
        JsonNode after = batch(path, "{address: '10.6.0.11', protocol_port: 81}");
        assertThat(Json.each(after, "id")).hasSize(1).doesNotContain(before);
    }

    @Test
    void aBatchThatNamesAnExistingMemberTwiceIsRefusedWith400ANewOneWith409() {
        String path = members();
        String twice =
                "{members: [{address: '10.6.0.11', protocol_port: 80}, {address: '10.6.0.11', protocol_port: 80}]}";
        octavia()
                .put(path, twice)
                .refused(409, "Another member on this pool is already using ip 10.6.0.11 on protocol_port 80");
        assertThat(octavia().get(path).expect(200).path("members")).isEmpty();
        batch(path, "{address: '10.6.0.11', protocol_port: 80}");
        octavia()
                .put(path, twice)
                .refused(400, "Validation failure: Member must be updated only once in the same request.");
    }

    @Test
    void badMembersAreRefusedWith400AndChangeNothing() {
        String path = members();
        batch(path, "{address: '10.6.0.11', protocol_port: 80}");
        String invalid = "Invalid input for field/attribute ";
        octavia()
                .put(path, "{members: [{address: 'x', protocol_port: 80}]}")
                .refused(400, invalid + "address. Value: 'x'. Value should be IPv4 or IPv6 format");
        octavia()
                .put(path, "{members: [{address: '10.6.0.12'}]}")
                .refused(400, invalid + "protocol_port. Value: 'None'. Mandatory field missing.");
        octavia()
                .put(path, "{members: [{address: '10.6.0.12', protocol_port: 80, weight: 257}]}")
                .refused(400, invalid + "weight. Value: '257'. Value should be lower or equal to 256");
        octavia()
                .put(path, "{members: [{address: '10.6.0.12', protocol_port: 80, subnet_id: '%s'}]}".formatted(UNKNOWN))
                .refused(400, "Subnet " + UNKNOWN + " not found.");
        octavia()
                .put(path, "{members: [{address: '169.254.169.254', protocol_port: 80}]}")
                .refused(400, "169.254.169.254 is not a valid option for member address");
        JsonNode members = octavia().get(path).expect(200).path("members");
        assertThat(Json.each(members, "address")).containsExactly("10.6.0.11");
        assertThat(provisioningStatus(shared())).isEqualTo("ACTIVE");
    }

    @Test
    void aMembersFamilyNeedNotBeThatOfItsSubnet() {
        JsonNode members = batch(
                members(),
                "{address: 'fd00::1', protocol_port: 80, subnet_id: '%s'}".formatted(cloud().subnet("private-subnet")));
        assertThat(Json.each(members, "address")).containsExactly("fd00::1");
    }

    @Test
    void aSingleMemberThroughItsLife() {
        String path = members();
        JsonNode created = octavia()
                .post(path, "{member: {address: '10.6.0.19', protocol_port: 80}}")
                .expect(201)
                .path("member");
        assertThat(Json.text(created, "/provisioning_status")).isEqualTo("PENDING_CREATE");
        assertThat(created.path("subnet_id").isNull()).isTrue();
        settled(shared());
        String member = path + "/" + Json.id(created);
        octavia().put(member, "{member: {weight: 4}}").expect(200);
        settled(shared());
        octavia()
                .put(member, "{member: {address: '10.6.0.20'}}")
                .refused(400, "Unknown attribute for argument member_.member: address");
        assertThat(octavia().get(member).expect(200).at("/member/weight").intValue())
                .isEqualTo(4);
        octavia().delete(member).expect(204);
        settled(shared());
        octavia().get(member).refused(404, "Member " + Json.id(created) + " not found.");
    }

    @Test
    void aSecondMemberOfOneAddressAndPortIsRefusedWith409() {
        String path = members();
        batch(path, "{address: '10.6.0.11', protocol_port: 80}");
        octavia()
                .post(path, "{member: {address: '10.6.0.11', protocol_port: 80}}")
                .refused(409, "Another member on this pool is already using ip 10.6.0.11 on protocol_port 80");
    }

    @Test
    void membersOfAnUnknownPoolAreAnsweredWith404InAnotherForm() {
        String body = "{code: 404, title: 'Bad Request', description: 'Pool " + UNKNOWN + " not found.'}";
        octavia().get("/pools/" + UNKNOWN + "/members").expect(404, body);
        octavia().put("/pools/" + UNKNOWN + "/members", "{members: []}").expect(404, body);
    }
}
