package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Port;
import io.octavialb.plan.MemberDifference.ChangedMember;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan as people read it: one line a step with its reason, what it contains or changes indented below. */
final class PlanText {
    private static final String INDENT = "    ";
    private static final Map<String, Object> DEFAULTS = Map.of(
            "connection_limit", -1,
            "timeout_client_data", 50_000,
            "timeout_member_connect", 5_000,
            "timeout_member_data", 50_000,
            "timeout_tcp_inspect", 0,
            "insert_headers", Map.of());

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    static String of(Plan plan) {
        if (plan.isEmpty()) {
            return "nothing to do\n";
        }
        PlanText text = new PlanText();
        plan.steps().forEach(text::step);
        return text.text.toString();
    }

    private void step(Step step) {
        switch (step) {
            case Step.LoadBalancerStep octavia -> loadBalancerStep(octavia);
            case Step.FloatingIpStep neutron -> floatingIpStep(neutron);
            case Step.SecurityGroupStep neutron -> securityGroupStep(neutron);
        }
    }

    private void loadBalancerStep(Step.LoadBalancerStep step) {
        switch (step) {
            case Step.CreateLoadBalancer s -> loadBalancer(s);
            case Step.UpdateLoadBalancer s -> {
                heading("~ loadbalancer " + s.loadBalancer().name(), s);
                changes(s.changes());
            }
            case Step.DeleteLoadBalancer s ->
                heading("- loadbalancer " + s.loadBalancer().name() + (s.cascade() ? " with all below it" : ""), s);
            case Step.CreateListener s -> {
                listener(0, s.desired(), s);
                if (s.defaultPool() != null) {
                    line(1, "default pool " + s.defaultPool());
                }
            }
            case Step.UpdateListener s -> {
                heading("~ listener " + label(s.listener()), s);
                changes(s.changes());
                if (s.defaultPool() != null) {
                    line(1, "default_pool_id: " + s.listener().defaultPoolId() + " -> " + s.defaultPool());
                }
            }
            case Step.DeleteListener s -> heading("- listener " + label(s.listener()), s);
            case Step.CreatePool s -> heading("+ pool " + pool(s.desired()) + " for " + s.listener(), s);
            case Step.UpdatePool s -> {
                heading("~ pool " + s.pool().name(), s);
                changes(s.changes());
            }
            case Step.DeletePool s -> heading("- pool " + s.pool().name(), s);
            case Step.ReplaceMembers s -> {
                heading("~ members of pool " + s.pool(), s);
                difference(s.difference());
            }
            case Step.CreateMember s -> heading("+ member " + member(s.desired()) + " of pool " + s.pool(), s);
            case Step.UpdateMember s -> {
                heading("~ member " + member(s.member()) + " of pool " + s.pool(), s);
                changes(s.changes());
            }
            case Step.DeleteMember s -> heading("- member " + member(s.member()) + " of pool " + s.pool(), s);
            case Step.CreateHealthMonitor s ->
                heading("+ healthmonitor " + monitor(s.desired()) + " of pool " + s.pool(), s);
            case Step.UpdateHealthMonitor s -> {
                heading("~ healthmonitor of pool " + s.poolId(), s);
                changes(s.changes());
            }
            case Step.DeleteHealthMonitor s -> heading("- healthmonitor of pool " + s.poolId(), s);
        }
    }

    private void floatingIpStep(Step.FloatingIpStep step) {
        heading(
                switch (step) {
                    case Step.ReserveFloatingIp s ->
                        "+ floatingip " + s.desired().floatingIpAddress() + " from network "
                                + s.desired().floatingNetworkId() + " without a port";
                    case Step.CreateFloatingIp s ->
                        "+ floatingip "
                                + (s.desired().floatingIpAddress() == null
                                        ? ""
                                        : s.desired().floatingIpAddress() + " ")
                                + "from network " + s.desired().floatingNetworkId()
                                + (s.desired().subnetIds().isEmpty()
                                        ? ""
                                        : ", subnet "
                                                + String.join(
                                                        " or ", s.desired().subnetIds()))
                                + " on the VIP port";
                    case Step.AttachFloatingIp s -> "~ floatingip " + s.address() + " attached to the VIP port";
                    case Step.DetachFloatingIp s ->
                        "~ floatingip " + s.floatingIp().floatingIpAddress() + " detached";
                    case Step.DeleteFloatingIp s ->
                        "- floatingip " + s.floatingIp().floatingIpAddress();
                },
                step);
    }

    private void securityGroupStep(Step.SecurityGroupStep step) {
        switch (step) {
            case Step.CreateSecurityGroup s ->
                heading("+ securitygroup " + s.desired().name(), s);
            case Step.CreateSecurityGroupRules s -> {
                heading("+ rules of the securitygroup", s);
                s.rules().forEach(rule -> line(1, "+ " + rule));
            }
            case Step.DeleteSecurityGroupRule s -> heading("- rule " + s.rule(), s);
            case Step.AttachSecurityGroup s -> heading("~ port " + port(s.port()) + " gets the securitygroup", s);
            case Step.DetachSecurityGroup s ->
                heading(
                        "~ port " + port(s.port()) + " loses securitygroup "
                                + s.group().id(),
                        s);
            case Step.DeleteSecurityGroup s ->
                heading("- securitygroup " + s.group().id(), s);
        }
    }

    private static String port(Port port) {
        return port.id() + " "
                + port.fixedIps().stream().map(Port.FixedIp::ipAddress).collect(Collectors.joining(", "));
    }

    private void heading(String what, Step step) {
        line(0, what + ": " + step.why());
    }

    private void loadBalancer(Step.CreateLoadBalancer step) {
        DesiredLoadBalancer desired = step.desired();
        heading("+ loadbalancer " + desired.name(), step);
        field(1, "provider", desired.provider());
        field(1, "vip_subnet_id", desired.vipSubnetId());
        field(1, "vip_network_id", desired.vipNetworkId());
        field(1, "vip_port_id", desired.vipPortId());
        field(1, "vip_address", desired.vipAddress());
        desired.additionalVips()
                .forEach(vip -> field(
                        1,
                        "additional_vips",
                        vip.subnetId() + (vip.ipAddress() == null ? "" : " with " + vip.ipAddress())));
        field(1, "flavor_id", desired.flavorId());
        field(1, "availability_zone", desired.availabilityZone());
        field(1, "tags", desired.tags());
        for (DesiredListener listener : desired.listeners()) {
            listener(1, listener, null);
            if (listener.defaultPool() != null) {
                tree(listener.defaultPool());
            }
        }
    }

    private void tree(DesiredPool pool) {
        line(2, "+ pool " + pool(pool));
        field(3, "tags", pool.tags());
        pool.members().forEach(member -> line(3, "+ member " + member(member)));
        if (pool.healthmonitor() != null) {
            line(3, "+ healthmonitor " + monitor(pool.healthmonitor()));
        }
    }

    /** @param step null for a listener that comes with its load balancer */
    private void listener(int depth, DesiredListener listener, @Nullable Step step) {
        line(
                depth,
                "+ listener " + listener.protocol() + "/" + listener.protocolPort()
                        + (listener.allowedCidrs() == null ? "" : " for " + String.join(", ", listener.allowedCidrs()))
                        + (step == null ? "" : ": " + step.why()));
        field(depth + 1, "connection_limit", listener.connectionLimit());
        field(depth + 1, "timeout_client_data", listener.timeoutClientData());
        field(depth + 1, "timeout_member_connect", listener.timeoutMemberConnect());
        field(depth + 1, "timeout_member_data", listener.timeoutMemberData());
        field(depth + 1, "timeout_tcp_inspect", listener.timeoutTcpInspect());
        field(
                depth + 1,
                "insert_headers",
                listener.insertHeaders() == null
                        ? null
                        : listener.insertHeaders().asMap());
        field(depth + 1, "default_tls_container_ref", listener.defaultTlsContainerRef());
        field(depth + 1, "tags", listener.tags());
    }

    /** A field of something that is created; Octavia's defaults go without saying. */
    private void field(int depth, String name, @Nullable Object value) {
        if (value != null && !value.equals(DEFAULTS.get(name))) {
            line(depth, name + ": " + value);
        }
    }

    private static String label(Listener listener) {
        return listener.protocol() + "/" + listener.protocolPort();
    }

    private static String pool(DesiredPool pool) {
        return pool.protocol() + " " + pool.lbAlgorithm()
                + (pool.sessionPersistence() == null ? "" : " persistent by " + pool.sessionPersistence());
    }

    private static String monitor(DesiredHealthMonitor monitor) {
        return monitor.type() + " every " + monitor.delay() + " s, timeout " + monitor.timeout() + " s, max_retries "
                + monitor.maxRetries() + ", max_retries_down " + monitor.maxRetriesDown()
                + (monitor.urlPath() == null
                        ? ""
                        : ", " + monitor.httpMethod() + " " + monitor.urlPath()
                                + (monitor.domainName() == null ? "" : " of " + monitor.domainName()) + " is "
                                + monitor.expectedCodes());
    }

    private void difference(MemberDifference difference) {
        difference.added().forEach(member -> line(1, "+ " + member(member)));
        for (ChangedMember changed : difference.changed()) {
            line(
                    1,
                    "~ " + member(changed.member()) + " "
                            + changed.changes().fields().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", ")));
        }
        difference.removed().forEach(member -> line(1, "- " + member(member)));
    }

    private static String member(DesiredMember member) {
        return endpoint(member.address(), member.protocolPort()) + " " + member.name()
                + (member.monitorPort() == null ? "" : ", monitor_port " + member.monitorPort());
    }

    private static String member(Member member) {
        return endpoint(member.address(), member.protocolPort()) + (member.name() == null ? "" : " " + member.name());
    }

    private static String endpoint(String address, int port) {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }

    private void changes(Changes changes) {
        changes.fields().forEach(change -> line(1, change.toString()));
    }

    private void line(int depth, String line) {
        text.append(INDENT.repeat(depth)).append(line).append('\n');
    }
}
