package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A security group with its rules, as {@code GET /v2.0/security-groups} shows it. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecurityGroup(String id, String name, String description, List<SecurityGroupRule> securityGroupRules) {
    public SecurityGroup {
        description = Objects.requireNonNullElse(description, "");
        // Not an empty list where there is none: the rules would be taken for missing.
        securityGroupRules = List.copyOf(securityGroupRules);
    }

    public SecurityGroup with(List<SecurityGroupRule> more) {
        return new SecurityGroup(
                id,
                name,
                description,
                Stream.concat(securityGroupRules.stream(), more.stream()).toList());
    }

    public SecurityGroup withoutRule(String ruleId) {
        return new SecurityGroup(
                id,
                name,
                description,
                securityGroupRules.stream()
                        .filter(rule -> !rule.id().equals(ruleId))
                        .toList());
    }
}
