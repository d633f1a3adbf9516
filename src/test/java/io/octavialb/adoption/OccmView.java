package io.octavialb.adoption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What OpenStack's cloud-controller-manager finds of a Service's in a cloud, and what it would change: by its own rules of
 * looking things up, with nothing of ours.
 */
public record OccmView(OccmShape wanted) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE_PREFIX = "kube_service_";
    private static final Pattern FLOATING_IP = Pattern.compile("(?i)Floating IP for Kubernetes external service .*");
    /** Compared apart from the others, or the order of a list is no difference. */
    private static final Set<String> NOT_FIELDS = Set.of("default_pool", "members", "healthmonitor", "allowed_cidrs");

    private static final Set<String> ONLY_AT_CREATION = Set.of("name", "admin_state_up", "tags");

    /** Of these it takes the one by name; more than one is an error there. */
    public List<LoadBalancer> found(List<LoadBalancer> all) {
        return all.stream()
                .filter(loadBalancer -> loadBalancer.name().equals(wanted.loadBalancerName()))
                .toList();
    }

    /** Whether one more Service may join: each tag of its form counts. */
    public boolean sharable(LoadBalancer loadBalancer, int maxShared) {
        return services(loadBalancer).size() + 1 <= maxShared;
    }

    /** Whether it deletes the load balancer with the Service: its name, and no tag of its form left but the Service's. */
    public boolean deletes(LoadBalancer loadBalancer) {
        return loadBalancer.name().startsWith(SERVICE_PREFIX)
                && services(loadBalancer).stream().allMatch(tag -> tag.equals(wanted.tag()));
    }

    private static List<String> services(LoadBalancer loadBalancer) {
        return loadBalancer.tags().stream()
                .filter(tag -> tag.startsWith(SERVICE_PREFIX))
                .toList();
    }

    /** Whether it deletes the floating IP with the load balancer. */
    public boolean deletes(FloatingIp floatingIp) {
        return FLOATING_IP.matcher(floatingIp.description()).matches();
    }

    /** Each request that it would make, in words; none when all is as it wants it. */
    public List<String> changes(LoadBalancerTree tree, List<FloatingIp> floatingIps) {
        List<String> changes = new ArrayList<>();
        if (wanted.cloud().tags() && !tree.loadBalancer().tags().contains(wanted.tag())) {
            changes.add("tag the load balancer");
        }
        boolean attached = floatingIps.stream()
                .anyMatch(floatingIp ->
                        Objects.equals(floatingIp.portId(), tree.loadBalancer().vipPortId()));
        if (wanted.floatingIp("").isPresent() != attached) {
            changes.add(attached ? "detach the floating IP" : "create a floating IP");
        }
        List<JsonNode> listeners = IntStream.range(0, wanted.service().ports().size())
                .<JsonNode>mapToObj(index -> JSON.valueToTree(wanted.listener(index)))
                .toList();
        listeners.forEach(listener -> changes.addAll(listener(listener, tree)));
        tree.listeners().stream()
                .filter(listener -> listener.tags().contains(wanted.tag())
                        && listeners.stream().noneMatch(port -> isOf(listener, port)))
                .forEach(listener -> changes.add("delete the obsolete listener " + listener.name()));
        return changes;
    }

    /** By protocol and port; on clouds with tags it must be the Service's. */
    private static boolean isOf(Listener listener, JsonNode port) {
        return listener.protocol().equals(port.path("protocol").asText())
                && listener.protocolPort() == port.path("protocol_port").asInt();
    }

    private List<String> listener(JsonNode port, LoadBalancerTree tree) {
        Listener listener = tree.listeners().stream()
                .filter(present -> isOf(present, port))
                .findFirst()
                .orElse(null);
        if (listener == null) {
            return List.of("create listener " + port.path("protocol_port"));
        }
        List<String> changes = new ArrayList<>(fields(port, JSON.valueToTree(listener)));
        if (wanted.cloud().tags() && !listener.tags().contains(wanted.tag())) {
            changes.add("tag listener " + listener.name());
        }
        if (port.has("allowed_cidrs")
                && !texts(port.path("allowed_cidrs")).equals(Set.copyOf(listener.allowedCidrs()))) {
            changes.add("allowed_cidrs " + listener.allowedCidrs());
        }
        PoolTree pool = tree.pool(listener.defaultPoolId());
        return Stream.concat(
                        changes.stream(),
                        pool == null ? Stream.of("create a pool") : pool(port.path("default_pool"), pool).stream())
                .toList();
    }

    private static List<String> pool(JsonNode pool, PoolTree present) {
        List<String> changes = new ArrayList<>(fields(pool, JSON.valueToTree(present.pool())));
        Set<String> members = StreamSupport.stream(pool.path("members").spliterator(), false)
                .map(member -> member.path("name").asText() + " "
                        + member.path("address").asText() + " " + member.path("protocol_port") + " "
                        + member.path("monitor_port").asInt())
                .collect(Collectors.toSet());
        Set<String> presentMembers =
                present.members().stream().map(OccmView::member).collect(Collectors.toSet());
        if (!members.equals(presentMembers)) {
            changes.add("members " + presentMembers + " become " + members);
        }
        if (pool.has("healthmonitor") != (present.healthMonitor() != null)) {
            changes.add(pool.has("healthmonitor") ? "create the monitor" : "delete the monitor");
        } else if (pool.has("healthmonitor")) {
            changes.addAll(fields(pool.path("healthmonitor"), JSON.valueToTree(present.healthMonitor())));
        }
        return changes;
    }

    private static String member(Member member) {
        return member.name() + " " + member.address() + " " + member.protocolPort() + " "
                + Objects.requireNonNullElse(member.monitorPort(), 0);
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static List<String> fields(JsonNode wanted, JsonNode present) {
        return wanted.properties().stream()
                .filter(field -> !NOT_FIELDS.contains(field.getKey()) && !ONLY_AT_CREATION.contains(field.getKey()))
                .filter(field -> !contains(present.path(field.getKey()), field.getValue()))
                .map(field -> field.getKey() + ": " + present.path(field.getKey()) + " becomes " + field.getValue())
                .toList();
    }

    /** Octavia answers more in an object than was asked for. */
    private static boolean contains(JsonNode present, JsonNode wanted) {
        return wanted.isObject()
                ? wanted.properties().stream()
                        .allMatch(field -> contains(present.path(field.getKey()), field.getValue()))
                : present.equals(wanted);
    }
}
