package io.octavialb.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.octavialb.model.Changes;
import io.octavialb.model.Notice;
import io.octavialb.plan.PoolRef;
import io.octavialb.plan.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans as JSON; docs/plan.md has the shape, which programs rely upon. */
final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private PlanJson() {}

    static String of(List<ServicePlan> plans) {
        try {
            return JSON.writeValueAsString(plans.stream().map(PlanJson::service).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> service(ServicePlan plan) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("namespace", plan.service().namespace());
        service.put("name", plan.service().name());
        service.put("duty", plan.duty().name().toLowerCase(Locale.ROOT));
        service.put("outcome", plan.result().name().toLowerCase(Locale.ROOT));
        service.put("message", plan.remark());
        service.put("notices", plan.notices().stream().map(PlanJson::notice).toList());
        service.put("steps", plan.plan().steps().stream().map(PlanJson::step).toList());
        return service;
    }

    private static Map<String, String> notice(Notice notice) {
        return Map.of("reason", notice.reason(), "message", notice.message());
    }

    /** What a step does, to what, and what comes of it. */
    private record StepJson(
            String action,
            String resource,
            @Nullable String id,
            @Nullable String of,
            String reason,
            @Nullable Object desired,
            @Nullable List<Changes.Change> changes) {
        static StepJson create(String resource, @Nullable Object of, Step step, Object desired) {
            return new StepJson("create", resource, null, of == null ? null : of.toString(), step.why(), desired, null);
        }

        static StepJson update(String resource, @Nullable String id, @Nullable Object of, Step step, Changes changes) {
            return new StepJson(
                    "update", resource, id, of == null ? null : of.toString(), step.why(), null, changes.fields());
        }

        static StepJson delete(String resource, @Nullable String id, @Nullable Object of, Step step) {
            return new StepJson("delete", resource, id, of == null ? null : of.toString(), step.why(), null, null);
        }
    }

    private static StepJson step(Step step) {
        return switch (step) {
            case Step.LoadBalancerStep octavia -> octavia(octavia);
            case Step.FloatingIpStep neutron -> neutron(neutron);
            case Step.SecurityGroupStep neutron -> securityGroup(neutron);
        };
    }

    private static StepJson octavia(Step.LoadBalancerStep step) {
        return switch (step) {
            case Step.CreateLoadBalancer s -> StepJson.create("loadbalancer", null, s, s.desired());
            case Step.UpdateLoadBalancer s ->
                StepJson.update("loadbalancer", s.loadBalancer().id(), null, s, s.changes());
            case Step.DeleteLoadBalancer s ->
                StepJson.delete("loadbalancer", s.loadBalancer().id(), null, s);
            case Step.CreateListener s -> StepJson.create("listener", s.loadBalancerId(), s, s.desired());
            case Step.UpdateListener s ->
                StepJson.update(
                        "listener",
                        s.listener().id(),
                        null,
                        s,
                        withPool(s.changes(), s.listener().defaultPoolId(), s.defaultPool()));
            case Step.DeleteListener s ->
                StepJson.delete("listener", s.listener().id(), null, s);
            case Step.CreatePool s -> StepJson.create("pool", s.listener(), s, s.desired());
            case Step.UpdatePool s -> StepJson.update("pool", s.pool().id(), null, s, s.changes());
            case Step.DeletePool s -> StepJson.delete("pool", s.pool().id(), null, s);
            case Step.ReplaceMembers s ->
                new StepJson("update", "members", null, s.pool().toString(), s.why(), s.members(), null);
            case Step.CreateMember s -> StepJson.create("member", s.pool(), s, s.desired());
            case Step.UpdateMember s -> StepJson.update("member", s.member().id(), s.pool(), s, s.changes());
            case Step.DeleteMember s -> StepJson.delete("member", s.member().id(), s.pool(), s);
            case Step.CreateHealthMonitor s -> StepJson.create("healthmonitor", s.pool(), s, s.desired());
            case Step.UpdateHealthMonitor s ->
                StepJson.update("healthmonitor", s.monitor().id(), s.poolId(), s, s.changes());
            case Step.DeleteHealthMonitor s ->
                StepJson.delete("healthmonitor", s.monitor().id(), s.poolId(), s);
        };
    }

    private static StepJson neutron(Step.FloatingIpStep step) {
        return switch (step) {
            case Step.ReserveFloatingIp s -> StepJson.create("floatingip", null, s, s.desired());
            case Step.CreateFloatingIp s -> StepJson.create("floatingip", null, s, s.desired());
            case Step.AttachFloatingIp s ->
                StepJson.update(
                        "floatingip",
                        s.floatingIpId(),
                        null,
                        s,
                        port(null, s.portId() == null ? "the VIP port" : s.portId()));
            case Step.DetachFloatingIp s ->
                StepJson.update(
                        "floatingip",
                        s.floatingIp().id(),
                        null,
                        s,
                        new Changes(List.of(
                                new Changes.Change("port_id", s.floatingIp().portId(), null),
                                new Changes.Change("description", s.floatingIp().description(), s.description()))));
            case Step.DeleteFloatingIp s ->
                StepJson.delete("floatingip", s.floatingIp().id(), null, s);
        };
    }

    private static StepJson securityGroup(Step.SecurityGroupStep step) {
        return switch (step) {
            case Step.CreateSecurityGroup s ->
                StepJson.create(
                        "securitygroup",
                        null,
                        s,
                        Map.of(
                                "name", s.desired().name(),
                                "description", s.desired().description()));
            case Step.CreateSecurityGroupRules s -> StepJson.create("securitygrouprules", s.groupId(), s, s.rules());
            case Step.DeleteSecurityGroupRule s ->
                StepJson.delete("securitygrouprule", s.rule().id(), s.group().id(), s);
            case Step.AttachSecurityGroup s ->
                StepJson.update(
                        "port",
                        s.port().id(),
                        null,
                        s,
                        groups(null, s.groupId() == null ? "the new security group" : s.groupId()));
            case Step.DetachSecurityGroup s ->
                StepJson.update("port", s.port().id(), null, s, groups(s.group().id(), null));
            case Step.DeleteSecurityGroup s ->
                StepJson.delete("securitygroup", s.group().id(), null, s);
        };
    }

    /** The port's other groups stay. */
    private static Changes groups(@Nullable String from, @Nullable String to) {
        return new Changes(List.of(new Changes.Change("security_groups", from, to)));
    }

    private static Changes withPool(Changes changes, @Nullable String from, @Nullable PoolRef to) {
        if (to == null) {
            return changes;
        }
        var all = new java.util.ArrayList<>(changes.fields());
        all.add(new Changes.Change("default_pool_id", from, to.toString()));
        return new Changes(all);
    }

    private static Changes port(@Nullable String from, String to) {
        return new Changes(List.of(new Changes.Change("port_id", from, to)));
    }
}
