package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keystone, Neutron and Octavia in memory, with the networks, nodes and users of the lab.
 *
 * <p>Thread-safe: requests are answered one after the other. Time is only looked at when a request comes.
 */
public final class EmbeddedOpenStack {
    /** Certificates whose reference begins so exist; all others can't be retrieved. */
    public static final String CERTIFICATES = "http://embedded/key-manager/v1/containers/";

    private final CloudState state;
    private final Keystone keystone;
    private final Neutron neutron;
    private final Octavia octavia;
    private final Provisioning provisioning;
    private final OperatingStatus operatingStatus;
    private final List<ExchangeObserver> observers = new CopyOnWriteArrayList<>();
    private long answered;

    public EmbeddedOpenStack() {
        this(InstantSource.system());
    }

    /** A cloud by a clock of the test's own. */
    public EmbeddedOpenStack(InstantSource time) {
        state = new CloudState(time);
        keystone = new Keystone(state);
        neutron = new Neutron(state);
        VipPorts vipPorts = new VipPorts(state, neutron.ports(), neutron.securityGroups());
        provisioning = new Provisioning(state, vipPorts);
        operatingStatus = new OperatingStatus(state);
        octavia = new Octavia(state, provisioning, vipPorts);
        new Seeds(state, neutron.securityGroups(), neutron.ports()).plant();
    }

    /** Answers a request; throws {@link ConnectionLost} when an observer wants so. */
    public CloudAnswer answer(CloudRequest request) {
        for (ExchangeObserver observer : observers) {
            if (observer.before(request) == ExchangeObserver.Fate.IS_LOST) {
                throw new ConnectionLost("stopped before the call");
            }
        }
        CloudAnswer answer = locked(() -> worked(request));
        tell(new Exchange(request, answer));
        return answer;
    }

    /** Tells observers of an exchange, also of one that was answered elsewhere. */
    void tell(Exchange exchange) {
        boolean lost = false;
        for (ExchangeObserver observer : observers) {
            lost |= observer.after(exchange) == ExchangeObserver.Fate.IS_LOST;
        }
        if (lost) {
            throw new ConnectionLost("the answer was lost");
        }
    }

    private CloudAnswer worked(CloudRequest request) {
        provisioning.finishDue();
        operatingStatus.refresh();
        CloudAnswer answer;
        try {
            answer = dispatched(request);
        } catch (Refusal e) {
            answer = e.answer();
        }
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put(
                "x-openstack-request-id", String.format(Locale.ROOT, "req-00000000-0000-4000-8000-%012d", ++answered));
        return new CloudAnswer(
                answer.status(),
                headers,
                answer.body() == null ? null : answer.body().deepCopy());
    }

    private CloudAnswer dispatched(CloudRequest request) {
        List<String> path = request.segments();
        String api = path.isEmpty() ? "" : path.getFirst();
        List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
        return switch (api) {
            case "identity" -> keystone.answer(rest, request);
            case "networking" -> neutron.answer(rest, request, caller(request));
            case "load-balancer" ->
                rest.isEmpty() ? octavia.versions() : octavia.answer(rest, request, caller(request));
            default -> throw Refusal.keystone(404, "Not Found", "no API at " + request.path());
        };
    }

    private Caller caller(CloudRequest request) {
        Caller caller = keystone.caller(request.header("x-auth-token"));
        state.requestCame();
        return caller;
    }

    private <T> T locked(Supplier<T> work) {
        state.lock.lock();
        try {
            return work.get();
        } finally {
            state.lock.unlock();
        }
    }

    private EmbeddedOpenStack set(Runnable change) {
        return locked(() -> {
            change.run();
            return this;
        });
    }

    public EmbeddedOpenStack observe(ExchangeObserver observer) {
        observers.add(observer);
        return this;
    }

    public void forget(ExchangeObserver observer) {
        observers.remove(observer);
    }

    /** Where clients reach it, for the catalog and for links. */
    public void baseUrl(String url) {
        set(() -> {
            keystone.baseUrl(url);
            neutron.url(url + "/networking");
            octavia.context().url(url + "/load-balancer");
        });
    }

    /** How long load balancers stay PENDING; zero, the default, means until the next request. */
    public EmbeddedOpenStack pace(Duration pace) {
        return set(() -> provisioning.pace(pace));
    }

    /** Load balancers stay PENDING until {@link #settle} or {@link #release}. */
    public EmbeddedOpenStack hold() {
        return set(() -> provisioning.hold(true));
    }

    public EmbeddedOpenStack release() {
        return set(() -> provisioning.hold(false));
    }

    /** Everything that is PENDING is done now. */
    public EmbeddedOpenStack settle() {
        return set(provisioning::settle);
    }

    /** The next so many pieces of work on load balancers end in ERROR. */
    public EmbeddedOpenStack failProvisioning(int times) {
        return set(() -> provisioning.fail(times));
    }

    /** Sets a load balancer's {@code provisioning_status}, such as ERROR. */
    public EmbeddedOpenStack provisioningStatus(String loadBalancerId, String status) {
        return set(() -> state.loadBalancers.get(loadBalancerId).put("provisioning_status", status));
    }

    /** An address, or address and port, stops answering health monitors. */
    public EmbeddedOpenStack memberDown(String member) {
        return set(() -> operatingStatus.down(member));
    }

    public EmbeddedOpenStack memberUp(String member) {
        return set(() -> operatingStatus.up(member));
    }

    /** Octavia's API version 2.{@code minor}; 2.30 by default. */
    public EmbeddedOpenStack apiVersion(int minor) {
        return set(() -> octavia.context().settings(octavia.context().settings().minor(minor)));
    }

    /** The enabled providers, the default one first: of amphora, octavia, ovn. */
    public EmbeddedOpenStack providers(String... names) {
        return set(() -> octavia.context().settings(octavia.context().settings().providers(List.of(names))));
    }

    /** The operator's limit of a page in Octavia's lists. */
    public EmbeddedOpenStack maxPageSize(int size) {
        return set(() -> octavia.context().settings(octavia.context().settings().maxPageSize(size)));
    }

    /** What is created from now on is seen by reads only after so many further requests. */
    public EmbeddedOpenStack visibleLate(int furtherRequests) {
        return set(() -> state.visibleLate(furtherRequests));
    }

    /** What was to be seen late is seen from now on. */
    public EmbeddedOpenStack reveal() {
        return set(state::reveal);
    }

    /** Whatever is in ERROR is ACTIVE again, as after {@code openstack loadbalancer failover}. */
    public EmbeddedOpenStack failover() {
        return set(() -> {
            state.loadBalancers.all().stream()
                    .filter(EmbeddedOpenStack::inError)
                    .forEach(provisioning::failover);
            Stream.of(state.listeners, state.pools, state.members, state.healthMonitors)
                    .flatMap(table -> table.all().stream())
                    .filter(EmbeddedOpenStack::inError)
                    .forEach(row -> row.put("provisioning_status", "ACTIVE"));
        });
    }

    private static boolean inError(ObjectNode row) {
        return row.path("provisioning_status").asText().equals("ERROR");
    }

    /** Copies of all resources of projects, by their kind as the API names it. */
    public Map<String, List<ObjectNode>> resources() {
        return locked(() -> {
            provisioning.finishDue();
            operatingStatus.refresh();
            Map<String, List<ObjectNode>> resources = new LinkedHashMap<>();
            resources.put("loadbalancers", copies(state.loadBalancers));
            resources.put("listeners", copies(state.listeners));
            resources.put("l7policies", copies(state.l7Policies));
            resources.put("pools", copies(state.pools));
            resources.put("members", copies(state.members));
            resources.put("healthmonitors", copies(state.healthMonitors));
            resources.put("floatingips", copies(state.floatingIps));
            resources.put("ports", copies(state.ports));
            resources.put("security_groups", copies(state.securityGroups));
            resources.put("security_group_rules", copies(state.securityGroupRules));
            return resources;
        });
    }

    private static List<ObjectNode> copies(Table table) {
        return table.all().stream().map(ObjectNode::deepCopy).toList();
    }

    /** Octavia's quota of project occm, for {@code load_balancer}, {@code listener}, {@code member} ...; -1 is none. */
    public EmbeddedOpenStack octaviaQuota(String kind, int limit) {
        return set(() -> octavia.context().quotas.set(project("occm"), kind, limit));
    }

    /** Neutron's quota of project occm, for {@code floatingip}, {@code port}, {@code security_group} ...; -1 is none. */
    public EmbeddedOpenStack neutronQuota(String kind, int limit) {
        return set(() -> neutron.quotas().set(project("occm"), kind, limit));
    }

    /** How long tokens are good that are given from now on; an hour by default. */
    public EmbeddedOpenStack tokenLife(Duration life) {
        return set(() -> keystone.tokenLife(life));
    }

    /** No token is good any more. */
    public EmbeddedOpenStack revokeTokens() {
        return set(keystone::revokeTokens);
    }

    /** What the cloud holds, for people; see {@link CloudTree}. */
    public String tree() {
        return locked(() -> {
            provisioning.finishDue();
            operatingStatus.refresh();
            return new CloudTree(state).text();
        });
    }

    public String region() {
        return Keystone.REGION;
    }

    public String applicationCredentialId() {
        return Keystone.applicationCredentialId();
    }

    public String applicationCredentialSecret() {
        return Keystone.APPLICATION_CREDENTIAL_SECRET;
    }

    public String project(String name) {
        return Seeds.project(name);
    }

    /** Another project, which user occm may use as its own; its id. */
    public String addProject(String name) {
        return locked(() -> keystone.addProject(name));
    }

    public EmbeddedOpenStack removeProject(String id) {
        return set(() -> keystone.removeProject(id));
    }

    public String network(String name) {
        return existing(state.networks, Seeds.id("networks", name));
    }

    public String subnet(String name) {
        return existing(state.subnets, Seeds.id("subnets", name));
    }

    public String port(String name) {
        return existing(state.ports, Seeds.id("ports", name));
    }

    public String securityGroup(String name) {
        return existing(state.securityGroups, Seeds.id("security_groups", name));
    }

    public String flavor(String name) {
        return Seeds.flavor(name);
    }

    private String existing(Table table, String id) {
        return locked(() -> {
            ObjectNode row = table.find(id);
            if (row == null) {
                throw new IllegalArgumentException("the cloud has no such seed, see src/lab/README.md: " + id);
            }
            return id;
        });
    }
}
