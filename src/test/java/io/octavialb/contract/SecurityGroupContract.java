package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Security groups and their rules. */
abstract class SecurityGroupContract extends Contract {
    private static final String RULE = "direction: 'ingress', ethertype: 'IPv4', protocol: 'tcp', "
            + "port_range_min: 80, port_range_max: 80, remote_ip_prefix: '10.0.0.0/8'";

    SecurityGroupContract(Sessions sessions) {
        super(sessions);
    }

    private Answer rule(String group, String fields) {
        return neutron()
                .post(
                        "/security-group-rules",
                        "{security_group_rule: {security_group_id: '%s', %s}}".formatted(group, fields));
    }

    private static String ruleId(Answer created) {
        return Json.text(created.expect(201), "/security_group_rule/id");
    }

    @Test
    void aGroupStartsWithEgressForBothFamilies() {
        JsonNode group = made().securityGroup();
        assertThat(Json.each(group.path("security_group_rules"), "direction")).containsExactly("egress", "egress");
        assertThat(Json.each(group.path("security_group_rules"), "ethertype"))
                .containsExactlyInAnyOrder("IPv4", "IPv6");
        assertThat(group.at("/security_group_rules/0/protocol").isNull()).isTrue();
        assertThat(group.path("stateful").booleanValue()).isTrue();
        assertThat(group.path("revision_number").intValue()).isEqualTo(1);
    }

    @Test
    void twoGroupsMayHaveOneName() {
        String name = Json.text(made().securityGroup(), "/name");
        JsonNode second = neutron()
                .post("/security-groups", "{security_group: {name: '%s'}}".formatted(name))
                .expect(201);
        made().onEnd(() -> neutron().delete("/security-groups/" + Json.text(second, "/security_group/id")));
        assertThat(neutron().get("/security-groups?name=" + name).expect(200).path("security_groups"))
                .hasSize(2);
    }

    @Test
    void aRuleHasDefaultsAndANormalizedCidr() {
        String group = Json.id(made().securityGroup());
        JsonNode rule = rule(group, "direction: 'ingress', protocol: 'tcp', remote_ip_prefix: '10.0.0.1/8'")
                .expect(201)
                .path("security_group_rule");
        assertThat(Json.text(rule, "/ethertype")).isEqualTo("IPv4");
        assertThat(Json.text(rule, "/remote_ip_prefix")).isEqualTo("10.0.0.1/8");
        assertThat(Json.text(rule, "/normalized_cidr")).isEqualTo("10.0.0.0/8");
        assertThat(rule.path("port_range_min").isNull()).isTrue();
        assertThat(Json.text(rule, "/description")).isEmpty();
        assertThat(Json.text(rule, "/project_id")).isEqualTo(cloud().project("occm"));
    }

    @Test
    void aDuplicateRuleIsRefusedWith409WhateverItsDescription() {
        String group = Json.id(made().securityGroup());
        String id = ruleId(rule(group, RULE));
        String text = "Security group rule already exists. Rule id is " + id + ".";
        rule(group, RULE).refused(409, "SecurityGroupRuleExists", text);
        rule(group, RULE + ", description: 'other'").refused(409, "SecurityGroupRuleExists", text);
        rule(group, RULE.replace("'tcp'", "'6'")).refused(409, "SecurityGroupRuleExists", text);
    }

    @Test
    void rulesThatDifferInAPortOrPrefixStandSideBySide() {
        String group = Json.id(made().securityGroup());
        ruleId(rule(group, RULE));
        ruleId(rule(group, RULE.replace("port_range_max: 80", "port_range_max: 81")));
        ruleId(rule(group, RULE.replace("10.0.0.0/8", "10.0.0.0/9")));
        ruleId(rule(group, RULE.replace("'tcp'", "'udp'")));
        JsonNode rules = neutron()
                .get("/security-group-rules?direction=ingress&security_group_id=" + group)
                .expect(200)
                .path("security_group_rules");
        assertThat(rules).hasSize(4);
    }

    @Test
    void aRuleMayNameAGroupInsteadOfAPrefixButNotBoth() {
        String group = Json.id(made().securityGroup());
        JsonNode rule = rule(group, "direction: 'ingress', remote_group_id: '" + group + "'")
                .expect(201);
        assertThat(Json.text(rule, "/security_group_rule/remote_group_id")).isEqualTo(group);
        rule(group, RULE + ", remote_group_id: '" + group + "'")
                .refused(
                        400,
                        "SecurityGroupMultipleRemoteEntites",
                        "Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.");
    }

    @Test
    void badRulesAreRefusedWith400() {
        String group = Json.id(made().securityGroup());
        rule(group, "direction: 'ingress', protocol: 'tcp', port_range_min: 90, port_range_max: 80")
                .refused(
                        400,
                        "SecurityGroupInvalidPortRange",
                        "For TCP/UDP protocols, port_range_min must be <= port_range_max");
        rule(group, "direction: 'ingress', port_range_min: 80, port_range_max: 80")
                .refused(
                        400,
                        "SecurityGroupProtocolRequiredWithPorts",
                        "Must also specify protocol if port range is given.");
        rule(group, "direction: 'ingress', ethertype: 'IPv6', protocol: 'tcp', remote_ip_prefix: '10.0.0.0/8'")
                .refused(
                        400,
                        "SecurityGroupRuleParameterConflict",
                        "Conflicting value ethertype IPv6 for CIDR 10.0.0.0/8");
        rule(group, "direction: 'sideways'")
                .refused(
                        400, "HTTPBadRequest", "Invalid input for direction. Reason: sideways is not in valid_values.");
    }

    @Test
    void aRuleIsDeletedOnce() {
        String id = ruleId(rule(Json.id(made().securityGroup()), RULE));
        neutron().delete("/security-group-rules/" + id).expect(204);
        neutron()
                .delete("/security-group-rules/" + id)
                .refused(404, "SecurityGroupRuleNotFound", "Security group rule " + id + " does not exist");
    }

    @Test
    void aGroupOnAPortIsInUse() {
        JsonNode port = made().port();
        String group = Json.id(made().securityGroup());
        String path = "/ports/" + Json.id(port);
        neutron()
                .put(path, "{port: {security_groups: ['%s']}}".formatted(group))
                .expect(200);
        neutron()
                .delete("/security-groups/" + group)
                .refused(409, "SecurityGroupInUse", "Security Group " + group + " in use.");
        JsonNode bare = neutron().put(path, "{port: {security_groups: []}}").expect(200);
        assertThat(bare.at("/port/security_groups")).isEmpty();
        neutron().delete("/security-groups/" + group).expect(204);
    }

    @Test
    void aPortWithAnUnknownGroupIsRefusedWith404() {
        neutron()
                .put("/ports/" + Json.id(made().port()), "{port: {security_groups: ['%s']}}".formatted(UNKNOWN))
                .refused(404, "SecurityGroupNotFound", "Security group " + UNKNOWN + " does not exist");
    }

    @Test
    void groupsAreFoundByTagAndName() {
        JsonNode group = made().securityGroup();
        String tag = name();
        neutron()
                .put("/security-groups/" + Json.id(group) + "/tags", "{tags: ['%s']}".formatted(tag))
                .expect(200);
        for (String query : new String[] {"tags=" + tag, "name=" + Json.text(group, "/name")}) {
            JsonNode found =
                    neutron().get("/security-groups?" + query).expect(200).path("security_groups");
            assertThat(Json.each(found, "id")).as(query).containsExactly(Json.id(group));
        }
    }

    @Test
    void anUnknownGroupIsAnsweredWith404() {
        String text = "Security group " + UNKNOWN + " does not exist";
        neutron().get("/security-groups/" + UNKNOWN).refused(404, "SecurityGroupNotFound", text);
        neutron().delete("/security-groups/" + UNKNOWN).refused(404, "SecurityGroupNotFound", text);
        rule(UNKNOWN, "direction: 'ingress'").refused(404, "SecurityGroupNotFound", text);
    }

    @Test
    void deletingAGroupDeletesItsRules() {
        String group = Json.id(made().securityGroup());
        String id = ruleId(rule(group, RULE));
        neutron().delete("/security-groups/" + group).expect(204);
        neutron().get("/security-group-rules/" + id).expect(404);
    }
}
