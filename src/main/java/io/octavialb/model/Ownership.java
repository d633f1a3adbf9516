package io.octavialb.model;

import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Pool;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose a resource in the cloud is: every name, tag and phrase that marks a Service's resources, in one place.
 *
 * <p>Names, tags and phrases are the reference's, so that both programs find each other's resources. What the reference
 * lacks is the cluster's id, without which two clusters of one name take each other's load balancers: a load balancer
 * that we create has the further tag {@link ClusterIdentity#mark()}, a floating IP ends its description with it.
 * Names are cut to 255 characters as there; the mark is never cut.
 *
 * <p>See {@code docs/decisions/ownership.md}.
 */
public record Ownership(ClusterIdentity cluster, ObjectKey service, String serviceUid) {
    private static final int MAX_LENGTH = 255;
    private static final String SERVICE_PREFIX = "kube_service_";
    private static final Pattern INDEXED_NAME =
            Pattern.compile("(listener|pool|monitor)_(\\d{1,4})_(" + SERVICE_PREFIX + ".*)");

    /** Which cluster's mark a load balancer carries. */
    public enum Mark {
        OURS,
        /** Not to be touched. */
        ANOTHER_CLUSTERS,
        /** The reference's, or a person's: adopted if the annotation names it or the Service's status shows it. */
        NONE
    }

    public static Ownership of(ClusterIdentity cluster, Service service) {
        return new Ownership(cluster, service.key(), service.uid());
    }

    public String loadBalancerName() {
        return cut(SERVICE_PREFIX + cluster.name() + "_" + service.namespace() + "_" + service.name());
    }

    /** What the reference called load balancers in its early versions. */
    public String legacyLoadBalancerName() {
        String name = "a" + serviceUid.replace("-", "");
        return name.substring(0, Math.min(32, name.length()));
    }

    public String description() {
        return cut("Kubernetes external service " + service + " from cluster " + cluster.name());
    }

    /** What a load balancer is described with where it can't be tagged, or it would not be found again by its mark. */
    public String markedDescription() {
        return marked(description());
    }

    public List<String> loadBalancerTags() {
        return List.of(loadBalancerName(), cluster.mark());
    }

    public List<String> listenerTags() {
        return List.of(loadBalancerName());
    }

    /** Lets one request list the monitors of a load balancer; the reference neither sets nor reads monitor tags. */
    public List<String> healthMonitorTags() {
        return List.of(loadBalancerName());
    }

    public String listenerName(int index) {
        return cut("listener_" + index + "_" + loadBalancerName());
    }

    public String poolName(int index) {
        return cut("pool_" + index + "_" + loadBalancerName());
    }

    public String healthMonitorName(int index) {
        return cut("monitor_" + index + "_" + loadBalancerName());
    }

    public String floatingIpDescription() {
        return marked(floatingIpPhrase());
    }

    private String marked(String phrase) {
        String mark = " " + cluster.mark();
        return cut(phrase, MAX_LENGTH - mark.length()) + mark;
    }

    private String floatingIpPhrase() {
        return "Floating IP for Kubernetes external service " + service + " from cluster " + cluster.name();
    }

    public Mark mark(LoadBalancer loadBalancer) {
        String description = Objects.requireNonNullElse(loadBalancer.description(), "");
        if (loadBalancer.tags().contains(cluster.mark()) || description.endsWith(" " + cluster.mark())) {
            return Mark.OURS;
        }
        boolean marked = loadBalancer.tags().stream().anyMatch(tag -> tag.startsWith(ClusterIdentity.MARK))
                || description.contains(" " + ClusterIdentity.MARK);
        return marked ? Mark.ANOTHER_CLUSTERS : Mark.NONE;
    }

    /**
     * Whether a controller made the load balancer for this Service, so that it goes when the Service goes; one of
     * another name was made by a person, or for another Service, and is only ever attached to.
     */
    public boolean createdForService(LoadBalancer loadBalancer) {
        return isOurs(loadBalancer.name()) || loadBalancer.name().equals(legacyLoadBalancerName());
    }

    /**
     * Whether a name or tag stands for this Service. The cluster may have been renamed since it was given, so any
     * cluster's name is accepted before {@code _namespace_name}; neither of these can contain an underscore.
     */
    public boolean isOurs(String nameOrTag) {
        return nameOrTag.equals(loadBalancerName())
                || (nameOrTag.startsWith(SERVICE_PREFIX)
                        && nameOrTag.endsWith("_" + service.namespace() + "_" + service.name()));
    }

    /** Whether other Services are attached to the load balancer as well, by its tags or by the listeners on it. */
    public boolean sharedWithOthers(LoadBalancerTree tree) {
        return tree.loadBalancer().tags().stream().anyMatch(this::isAnothers)
                || tree.listeners().stream().anyMatch(this::ownedByAnother);
    }

    /** Whether a listener is this Service's: by tag, or, on clouds without tags, by its name. */
    public boolean owns(Listener listener) {
        return listener.tags().stream().anyMatch(this::isOurs)
                || (listener.tags().stream().noneMatch(this::isAnothers)
                        && servedBy(listener.name(), "listener")
                                .filter(this::isOurs)
                                .isPresent());
    }

    /** Whether a listener is another Service's, told in the same way. */
    public boolean ownedByAnother(Listener listener) {
        return !owns(listener)
                && (listener.tags().stream().anyMatch(this::isAnothers)
                        || servedBy(listener.name(), "listener").isPresent());
    }

    /**
     * Whether a listener on a port of this Service may become this Service's: its own, and one without any tag on a
     * load balancer that was made for the Service, as the reference's early versions left them.
     */
    public boolean mayTake(Listener listener, LoadBalancer loadBalancer) {
        return owns(listener)
                || (listener.tags().isEmpty() && !ownedByAnother(listener) && createdForService(loadBalancer));
    }

    /** Whether a pool was made for this Service, by its name, for the reference does not tag pools. */
    public boolean owns(Pool pool) {
        return servedBy(pool.name(), "pool").filter(this::isOurs).isPresent();
    }

    private boolean isAnothers(String tag) {
        return tag.startsWith(SERVICE_PREFIX) && !isOurs(tag);
    }

    /** The load balancer's name in the name of a listener or pool; whole again where that was cut off for length. */
    private Optional<String> servedBy(String name, String kind) {
        Matcher matcher = INDEXED_NAME.matcher(name);
        if (!matcher.matches() || !matcher.group(1).equals(kind)) {
            return Optional.empty();
        }
        String ours = cut(kind + "_" + matcher.group(2) + "_" + loadBalancerName());
        return Optional.of(name.equals(ours) ? loadBalancerName() : matcher.group(3));
    }

    /** Whether a floating IP on this Service's VIP was made for it: the phrase, and no other cluster's mark. */
    public boolean createdForService(FloatingIp floatingIp) {
        String description = floatingIp.description();
        return description.toLowerCase(Locale.ROOT).startsWith("floating ip for kubernetes external service ")
                && description.contains(" " + service + " ")
                && (!description.contains(ClusterIdentity.MARK) || description.endsWith(" " + cluster.mark()));
    }

    /** Whether the Service's status already shows one of these addresses. */
    public static boolean inStatus(Service service, @Nullable String address) {
        return address != null && service.ingress().stream().map(Ingress::ip).anyMatch(address::equals);
    }

    private static String cut(String name) {
        return cut(name, MAX_LENGTH);
    }

    private static String cut(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length);
    }
}
