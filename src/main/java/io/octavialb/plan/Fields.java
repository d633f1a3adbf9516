package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.desired.InsertHeaders;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Pool;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a kind of resource that are kept as desired, each told how to compare.
 *
 * <p>Tags that name Services are not in the tables: which of them is obsolete depends on the load balancer.
 *
 * <p>A field that is in no table here is either the resource's identity (a protocol, an address), read at creation only
 * (a VIP), or none of our business (a name that a person gave).
 */
record Fields<D, O>(List<BiFunction<D, O, @Nullable Change>> compared) {

    static final Fields<DesiredListener, Listener> LISTENER = new Fields<>(List.of(
            (desired, observed) -> set("connection_limit", desired.connectionLimit(), observed.connectionLimit()),
            (desired, observed) ->
                    set("timeout_client_data", desired.timeoutClientData(), observed.timeoutClientData()),
            (desired, observed) ->
                    set("timeout_member_connect", desired.timeoutMemberConnect(), observed.timeoutMemberConnect()),
            (desired, observed) ->
                    set("timeout_member_data", desired.timeoutMemberData(), observed.timeoutMemberData()),
            (desired, observed) ->
                    set("timeout_tcp_inspect", desired.timeoutTcpInspect(), observed.timeoutTcpInspect()),
            (desired, observed) -> allowedCidrs(desired.allowedCidrs(), observed.allowedCidrs()),
            (desired, observed) -> insertHeaders(desired.insertHeaders(), observed.insertHeaders()),
            (desired, observed) -> set(
                    "default_tls_container_ref", desired.defaultTlsContainerRef(), observed.defaultTlsContainerRef())));

    static final Fields<DesiredPool, Pool> POOL = new Fields<>(List.of(
            (desired, observed) -> set("lb_algorithm", desired.lbAlgorithm(), observed.lbAlgorithm()),
            (desired, observed) -> sessionPersistence(desired, observed),
            (desired, observed) -> tags(desired.tags(), observed.tags(), _ -> false)));

    static final Fields<DesiredMember, Member> MEMBER = new Fields<>(List.of(
            (desired, observed) -> exactly("name", desired.name(), observed.name()),
            (desired, observed) -> exactly("weight", desired.weight(), observed.weight()),
            (desired, observed) -> exactly("backup", desired.backup(), observed.backup()),
            (desired, observed) -> exactly("admin_state_up", desired.adminStateUp(), observed.adminStateUp()),
            (desired, observed) -> exactly("monitor_address", desired.monitorAddress(), observed.monitorAddress()),
            (desired, observed) -> exactly("monitor_port", desired.monitorPort(), observed.monitorPort()),
            (desired, observed) -> set("subnet_id", desired.subnetId(), observed.subnetId())));

    static final Fields<DesiredHealthMonitor, HealthMonitor> HEALTH_MONITOR = new Fields<>(List.of(
            (desired, observed) -> set("delay", desired.delay(), observed.delay()),
            (desired, observed) -> set("timeout", desired.timeout(), observed.timeout()),
            (desired, observed) -> set("max_retries", desired.maxRetries(), observed.maxRetries()),
            (desired, observed) -> set("max_retries_down", desired.maxRetriesDown(), observed.maxRetriesDown()),
            (desired, observed) -> set("http_method", desired.httpMethod(), observed.httpMethod()),
            (desired, observed) -> set("url_path", desired.urlPath(), observed.urlPath()),
            (desired, observed) -> set("expected_codes", desired.expectedCodes(), observed.expectedCodes()),
            (desired, observed) -> set("http_version", desired.httpVersion(), observed.httpVersion()),
            (desired, observed) -> domainName(desired, observed)));

    Changes changes(D desired, O observed) {
        return new Changes(compared.stream()
                .<Change>mapMulti((compare, found) -> {
                    Change change = compare.apply(desired, observed);
                    if (change != null) {
                        found.accept(change);
                    }
                })
                .toList());
    }

    /** A field that we may have no say in: null leaves it as it is. */
    private static @Nullable Change set(String field, @Nullable Object desired, @Nullable Object observed) {
        return desired == null ? null : exactly(field, desired, observed);
    }

    private static @Nullable Change exactly(String field, @Nullable Object desired, @Nullable Object observed) {
        boolean equal = desired == null ? observed == null : desired.equals(observed);
        return equal ? null : new Change(field, observed, desired);
    }

    /** The reference knows no domain names, so one on a monitor of its is a person's; ours have a tag, its have none. */
    private static @Nullable Change domainName(DesiredHealthMonitor desired, HealthMonitor observed) {
        return observed.tags().isEmpty()
                ? set("domain_name", desired.domainName(), observed.domainName())
                : exactly("domain_name", desired.domainName(), observed.domainName());
    }

    /** Tags of others stay: what is missing is added to what is there, and only what is obsolete goes. */
    static @Nullable Change tags(@Nullable List<String> desired, List<String> observed, Predicate<String> obsolete) {
        List<String> kept = observed.stream().filter(obsolete.negate()).toList();
        if (desired == null || (kept.size() == observed.size() && observed.containsAll(desired))) {
            return null;
        }
        List<String> union =
                Stream.concat(kept.stream(), desired.stream()).distinct().toList();
        return new Change("tags", observed, union);
    }

    /** CIDRs are a set, and none at all means the same as everything. */
    static @Nullable Change allowedCidrs(@Nullable List<String> desired, List<String> observed) {
        if (desired == null || new LinkedHashSet<>(desired).equals(new LinkedHashSet<>(observed))) {
            return null;
        }
        Set<String> everything = new LinkedHashSet<>(
                Arrays.stream(IpFamily.values()).map(IpFamily::everything).toList());
        boolean openAnyway = observed.isEmpty() && everything.containsAll(desired);
        return openAnyway ? null : new Change("allowed_cidrs", observed, desired);
    }

    private static @Nullable Change insertHeaders(@Nullable InsertHeaders desired, Map<String, String> observed) {
        if (desired == null || desired.over(observed).equals(observed)) {
            return null;
        }
        return new Change("insert_headers", new TreeMap<>(observed), desired.over(observed));
    }

    private static @Nullable Change sessionPersistence(DesiredPool desired, Pool observed) {
        DesiredPool.SessionPersistence wanted = desired.sessionPersistence();
        Pool.SessionPersistence found = observed.sessionPersistence();
        boolean equal = (wanted == null || found == null)
                ? (wanted == null) == (found == null)
                : wanted.type().equals(found.type())
                        && Objects.equals(wanted.persistenceTimeout(), found.persistenceTimeout());
        return equal ? null : new Change("session_persistence", found, wanted);
    }
}
