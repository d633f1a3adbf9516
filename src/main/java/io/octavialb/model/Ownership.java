package io.octavialb.model;

import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Pool;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 *
 * @param formerName what the Service's load balancer was called before the cluster was renamed, where that is proven by
 *     {@link #onceServedBy}; else null, and only the mark tells of former names
 */
public record Ownership(
        ClusterIdentity cluster,
        ObjectKey service,
        String serviceUid,
        @Nullable String formerName) {
    private static final int MAX_LENGTH = 255;
    private static final String SERVICE_PREFIX = "kube_service_";
    private static final Pattern INDEXED_NAME =
            Pattern.compile("(listener|pool|monitor)_(\\d{1,4})_(" + SERVICE_PREFIX + ".*)");

    private static final Pattern SERVICE_NAME = Pattern.compile(SERVICE_PREFIX + "(.*)_([^_]+)_([^_]+)");
    private static final Pattern LEGACY_NAME = Pattern.compile("a[0-9a-f]{31}");
    private static final String PHRASE = "Kubernetes external service ";
    private static final String FLOATING_IP_PHRASE = "Floating IP for " + PHRASE;
    private static final Pattern DESCRIBED =
            Pattern.compile(PHRASE + "\\S+/\\S+ from cluster (.*?)( " + ClusterIdentity.MARK + ".*)?");

    /** Which cluster's mark a load balancer carries. */
    public enum Mark {
        OURS,
        /** Not to be touched. */
        ANOTHER_CLUSTERS,
        /** The reference's, or a person's; adopted if it was made for the Service and is known to be this cluster's. */
        NONE
    }

    public static Ownership of(ClusterIdentity cluster, Service service) {
        return new Ownership(cluster, service.key(), service.uid(), null);
    }

    public String loadBalancerName() {
        return cut(nameUnder(cluster.name()));
    }

    /** What the reference called load balancers in its early versions. */
    public String legacyLoadBalancerName() {
        String name = "a" + serviceUid.replace("-", "");
        return name.substring(0, Math.min(32, name.length()));
    }

    /**
     * What a load balancer is described with: the reference's words, then the mark, which tells those that were made
     * here from adopted ones, and stands in for the tag where there are none.
     */
    public String description() {
        return marked(PHRASE + service + " from cluster " + cluster.name());
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

    String marked(String phrase) {
        String mark = " " + cluster.mark();
        return cut(phrase, MAX_LENGTH - mark.length()) + mark;
    }

    private String floatingIpPhrase() {
        return FLOATING_IP_PHRASE + service + " from cluster " + cluster.name();
    }

    /** A floating IP's description once the Service has left it to its user: no orphan's, so without our mark. */
    public String keptDescription(FloatingIp floatingIp) {
        String description = floatingIp.description();
        return hasOurMark(floatingIp)
                ? description.substring(0, description.length() - cluster.mark().length() - 1)
                : description;
    }

    /** Whether this cluster's controller created it; one that was adopted carries the mark as a tag only. */
    public boolean madeHere(LoadBalancer loadBalancer) {
        return describedBy(loadBalancer).endsWith(" " + cluster.mark());
    }

    private static String describedBy(LoadBalancer loadBalancer) {
        return Objects.requireNonNullElse(loadBalancer.description(), "");
    }

    public Mark mark(LoadBalancer loadBalancer) {
        if (loadBalancer.tags().contains(cluster.mark()) || madeHere(loadBalancer)) {
            return Mark.OURS;
        }
        boolean marked = loadBalancer.tags().stream().anyMatch(tag -> tag.startsWith(ClusterIdentity.MARK))
                || describedBy(loadBalancer).contains(" " + ClusterIdentity.MARK);
        return marked ? Mark.ANOTHER_CLUSTERS : Mark.NONE;
    }

    /**
     * Whether a controller made the load balancer for this Service; one of another name was made by a person, or for
     * another Service. A name with another cluster's name in it is this Service's only if the mark says that the
     * cluster was renamed.
     */
    public boolean createdForService(LoadBalancer loadBalancer) {
        return mark(loadBalancer) != Mark.ANOTHER_CLUSTERS
                && (isLegacyName(loadBalancer.name()) || isOurs(loadBalancer.name(), loadBalancer));
    }

    /**
     * Whether the load balancer goes with the last Service on it, whichever that is: it was made for this Service, or
     * by this cluster for one that left before.
     */
    public boolean goesWithLastService(LoadBalancer loadBalancer) {
        return createdForService(loadBalancer) || madeByThisCluster(loadBalancer);
    }

    /**
     * Whether this cluster made or adopted it. The mark alone does not say so: a person's load balancer carries it too
     * while a Service of this cluster is attached.
     */
    private boolean madeByThisCluster(LoadBalancer loadBalancer) {
        return mark(loadBalancer) == Mark.OURS
                && (loadBalancer.name().startsWith(SERVICE_PREFIX) || isLegacyName(loadBalancer.name()));
    }

    /**
     * Whether this Service may put the cluster's mark on a load balancer without one: it was made for the Service, or
     * by a person. One that a controller made for another Service may be another cluster's.
     */
    public boolean mayMark(LoadBalancer loadBalancer) {
        return createdForService(loadBalancer)
                || !(loadBalancer.name().startsWith(SERVICE_PREFIX)
                        || LEGACY_NAME.matcher(loadBalancer.name()).matches());
    }

    private boolean isLegacyName(String name) {
        return name.equals(legacyLoadBalancerName());
    }

    /** Whether a name or tag stands for this Service on that load balancer, under today's name or a former one. */
    public boolean isOurs(String nameOrTag, LoadBalancer on) {
        return (nameOrTag.equals(loadBalancerName()) && tellsServices(on)) || isFormer(nameOrTag, on);
    }

    /**
     * Whether the load balancer's name and tags are this Service's only. What is cut for length may be the name of
     * several Services of the cluster; the description has the Service before all that is cut.
     */
    private boolean tellsServices(LoadBalancer on) {
        return !nameIsCut() || describedBy(on).startsWith(PHRASE + service + " ");
    }

    /**
     * Whether what is this Service's on the load balancer can be told from what is a namesake's: always on what was made
     * for it, elsewhere by a mark and an uncut name. Without tags, nothing but a description marks.
     */
    public boolean tellsItsOwn(LoadBalancer on, boolean tagsAreKnown) {
        return createdForService(on) || (!nameIsCut() && (tagsAreKnown || mark(on) == Mark.OURS));
    }

    public boolean nameIsCut() {
        return nameUnder(cluster.name()).length() > MAX_LENGTH;
    }

    private String nameUnder(String clusterName) {
        return SERVICE_PREFIX + clusterName + "_" + service.namespace() + "_" + service.name();
    }

    /**
     * Whether a name or tag stands for this Service under a name that the cluster had before, as far as the load balancer
     * tells its names. Any other cluster's is another's, which may share a load balancer that this cluster made.
     */
    public boolean isFormer(String nameOrTag, LoadBalancer on) {
        return !nameOrTag.equals(loadBalancerName())
                && (nameOrTag.equals(formerName)
                        || clusterNames(on).stream().anyMatch(name -> nameOrTag.equals(nameUnder(name))));
    }

    /**
     * What the cluster that made the load balancer was called, by the load balancer's name, its description and the tags
     * that migrations leave; nothing if it is not this cluster's. Namespace and name can't contain an underscore.
     */
    private Set<String> clusterNames(LoadBalancer on) {
        if (!madeByThisCluster(on)) {
            return Set.of();
        }
        Stream<String> byPattern = Stream.of(SERVICE_NAME.matcher(on.name()), DESCRIBED.matcher(describedBy(on)))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
        return Stream.concat(byPattern, on.tags().stream().flatMap(tag -> ClusterIdentity.nameIn(tag).stream()))
                .collect(Collectors.toSet());
    }

    /**
     * The same with the former name proven, if it is: the load balancer has no mark, is named and tagged for a Service
     * of this namespace and name in a cluster of another name, nothing on it has today's name, and the Service's status
     * shows its VIP or floating IP.
     *
     * <p>A manifest that was copied from another cluster brings that cluster's annotations, but no status. A Service
     * that joined another cluster's load balancer has its status, but also its own tag and listeners there. A floating IP
     * that was moved to another cluster's load balancer is still described as this Service's.
     */
    public Ownership onceServedBy(
            Service named, LoadBalancer loadBalancer, List<Listener> listeners, List<FloatingIp> floatingIps) {
        String name = loadBalancer.name();
        boolean otherName = namesService(name) && !name.equals(loadBalancerName());
        boolean proven = otherName
                && loadBalancer.tags().contains(name)
                && mark(loadBalancer) == Mark.NONE
                && floatingIps.stream().noneMatch(floatingIp -> hasMark(floatingIp) || createdForService(floatingIp))
                && !usesTodaysName(loadBalancer, listeners)
                && Stream.concat(
                                Stream.ofNullable(loadBalancer.vipAddress()),
                                floatingIps.stream().map(FloatingIp::floatingIpAddress))
                        .anyMatch(address -> inStatus(named, address));
        return proven ? new Ownership(cluster, service, serviceUid, name) : this;
    }

    private boolean usesTodaysName(LoadBalancer loadBalancer, List<Listener> listeners) {
        return Stream.concat(
                        loadBalancer.tags().stream(),
                        listeners.stream()
                                .flatMap(listener -> Stream.concat(
                                        listener.tags().stream(), servedBy(listener.name(), "listener").stream())))
                .anyMatch(loadBalancerName()::equals);
    }

    /** Today's name for a listener, pool or monitor whose name has a former one in it; empty for any other. */
    public Optional<String> todaysName(@Nullable String childName, LoadBalancer on) {
        Matcher matcher = INDEXED_NAME.matcher(Objects.requireNonNullElse(childName, ""));
        return matcher.matches() && isFormer(matcher.group(3), on)
                ? Optional.of(cut(matcher.group(1) + "_" + matcher.group(2) + "_" + loadBalancerName()))
                : Optional.empty();
    }

    /** Whether a name or tag stands for a Service of this namespace and name in a cluster of whatever name. */
    public boolean namesService(String nameOrTag) {
        return nameOrTag.startsWith(SERVICE_PREFIX)
                && nameOrTag.endsWith("_" + service.namespace() + "_" + service.name());
    }

    private boolean isAnothers(String tag, LoadBalancer on) {
        return tag.startsWith(SERVICE_PREFIX) && !isOurs(tag, on);
    }

    /** The names of the other Services that are attached as well, by the load balancer's tags or the listeners on it. */
    public Set<String> others(LoadBalancerTree tree) {
        LoadBalancer loadBalancer = tree.loadBalancer();
        return Stream.concat(
                        loadBalancer.tags().stream().filter(tag -> isAnothers(tag, loadBalancer)),
                        tree.listeners().stream().flatMap(listener -> other(listener, loadBalancer).stream()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public boolean sharedWithOthers(LoadBalancerTree tree) {
        return !others(tree).isEmpty();
    }

    /** Whether this Service is attached already, by the load balancer's tags or the listeners on it. */
    public boolean attached(LoadBalancerTree tree) {
        LoadBalancer loadBalancer = tree.loadBalancer();
        return loadBalancer.tags().stream().anyMatch(tag -> isOurs(tag, loadBalancer))
                || tree.listeners().stream().anyMatch(listener -> owns(listener, loadBalancer));
    }

    /** Whether another Service, of whatever cluster, is attached to the load balancer, by its tags. */
    public boolean taggedForOthers(LoadBalancer loadBalancer) {
        return loadBalancer.tags().stream().anyMatch(tag -> isAnothers(tag, loadBalancer));
    }

    /** Whether another Service of this cluster is attached to the load balancer, by its tags. */
    public boolean sharedInCluster(LoadBalancer loadBalancer) {
        return loadBalancer.tags().stream().anyMatch(tag -> isInCluster(tag) && isAnothers(tag, loadBalancer));
    }

    /** A cluster's name may begin with this one's; what was cut for length is taken to be this cluster's. */
    private boolean isInCluster(String tag) {
        Matcher matcher = SERVICE_NAME.matcher(tag);
        return tag.startsWith(SERVICE_PREFIX + cluster.name() + "_")
                && (tag.length() == MAX_LENGTH
                        || (matcher.matches() && matcher.group(1).equals(cluster.name())));
    }

    /** Whether a listener is this Service's: by tag, or, on clouds without tags, by its name. */
    public boolean owns(Listener listener, LoadBalancer on) {
        return listener.tags().stream().anyMatch(tag -> isOurs(tag, on))
                || (listener.tags().stream().noneMatch(tag -> isAnothers(tag, on))
                        && servedBy(listener.name(), "listener")
                                .filter(name -> isOurs(name, on))
                                .isPresent());
    }

    /** Whether a listener is another Service's, told in the same way. */
    public boolean ownedByAnother(Listener listener, LoadBalancer on) {
        return other(listener, on).isPresent();
    }

    /** The name of the other Service that a listener is of; empty for this Service's, and for a person's. */
    public Optional<String> other(Listener listener, LoadBalancer on) {
        return owns(listener, on)
                ? Optional.empty()
                : listener.tags().stream()
                        .filter(tag -> isAnothers(tag, on))
                        .findFirst()
                        .or(() -> servedBy(listener.name(), "listener"));
    }

    /**
     * Whether a listener on a port of this Service may become this Service's: its own, and one without any tag on a
     * load balancer that was made for the Service, as the reference's early versions left them.
     */
    public boolean mayTake(Listener listener, LoadBalancer on) {
        return owns(listener, on)
                || (listener.tags().isEmpty() && !ownedByAnother(listener, on) && createdForService(on));
    }

    /**
     * Whether a pool was made for this Service, by its name, for the reference does not tag pools. Its early versions
     * wrote {@code pool_<legacy name>_<i>}.
     */
    public boolean owns(Pool pool, LoadBalancer on) {
        return servedBy(pool.name(), "pool").filter(name -> isOurs(name, on)).isPresent()
                || (pool.name().startsWith("pool_") && pool.name().contains(legacyLoadBalancerName()));
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

    /** Whether a floating IP was made for this Service: the phrase with our mark, or the reference's without any. */
    public boolean createdForService(FloatingIp floatingIp) {
        return isFor(floatingIp, service) && (hasOurMark(floatingIp) || isFrom(floatingIp, cluster.name()));
    }

    /** Whether it was made for this Service, by its mark; the reference's has none, and another cluster can have the name. */
    public boolean marked(FloatingIp floatingIp) {
        return isFor(floatingIp, service) && hasOurMark(floatingIp);
    }

    private boolean isFrom(FloatingIp floatingIp, String clusterName) {
        return floatingIp.description().endsWith("/" + service.name() + " from cluster " + clusterName);
    }

    /**
     * Whether a floating IP on the VIP of a load balancer goes with it: made for this Service, or, where this cluster
     * made the load balancer, before the cluster was renamed, or for the Service that the load balancer was made for.
     */
    public boolean goesWith(LoadBalancer loadBalancer, FloatingIp floatingIp) {
        return createdForService(floatingIp)
                || (madeByThisCluster(loadBalancer)
                        && (hasOurMark(floatingIp)
                                ? isForServiceOf(loadBalancer, floatingIp)
                                : isFor(floatingIp, service)
                                        && clusterNames(loadBalancer).stream()
                                                .anyMatch(name -> isFrom(floatingIp, name))));
    }

    private static boolean hasMark(FloatingIp floatingIp) {
        return floatingIp.description().contains(ClusterIdentity.MARK);
    }

    private boolean hasOurMark(FloatingIp floatingIp) {
        return floatingIp.description().endsWith(" " + cluster.mark());
    }

    private static boolean isFor(FloatingIp floatingIp, ObjectKey service) {
        return floatingIp.description().regionMatches(true, 0, FLOATING_IP_PHRASE, 0, FLOATING_IP_PHRASE.length())
                && floatingIp.description().startsWith(service + " ", FLOATING_IP_PHRASE.length());
    }

    private static boolean isForServiceOf(LoadBalancer loadBalancer, FloatingIp floatingIp) {
        Matcher matcher = SERVICE_NAME.matcher(loadBalancer.name());
        return matcher.matches() && isFor(floatingIp, new ObjectKey(matcher.group(2), matcher.group(3)));
    }

    /**
     * Whether the Service's status already shows the address, if only at the beginning of a host name that was made from
     * it ({@code enable-ingress-hostname}).
     */
    public static boolean inStatus(Service service, @Nullable String address) {
        return address != null && service.ingress().stream().anyMatch(ingress -> shows(ingress, address));
    }

    private static boolean shows(Ingress ingress, String address) {
        return address.equals(ingress.ip())
                || (ingress.hostname() != null && ingress.hostname().startsWith(address + "."));
    }

    private static String cut(String name) {
        return cut(name, MAX_LENGTH);
    }

    private static String cut(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length);
    }
}
