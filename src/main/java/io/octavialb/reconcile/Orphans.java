package io.octavialb.reconcile;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Marked;
import io.octavialb.model.Marked.Identified;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What carries this cluster's mark in the cloud and is for a Service that does not exist.
 *
 * <p>It comes to be when a Service loses its finalizer by force, or its cluster is deleted as a whole. The cloud is read
 * first and the Services after it: a Service is there, with its finalizer, before anything is made for it, so whatever
 * was read belongs to a Service that is listed then, or to none.
 */
public final class Orphans {
    private final Marked marked;
    private final List<LoadBalancer> loadBalancers;
    private final List<FloatingIp> floatingIps;
    private final List<SecurityGroup> securityGroups;

    private Orphans(
            Marked marked,
            List<LoadBalancer> loadBalancers,
            List<FloatingIp> floatingIps,
            List<SecurityGroup> securityGroups) {
        this.marked = marked;
        this.loadBalancers = loadBalancers;
        this.floatingIps = floatingIps;
        this.securityGroups = securityGroups;
    }

    /** Reads what is in the cloud; to be called before the Services are listed. */
    public static Orphans read(ClusterIdentity cluster, Octavia octavia, Neutron neutron) {
        return new Orphans(
                new Marked(cluster), octavia.loadBalancers(), neutron.floatingIps(), neutron.securityGroups());
    }

    /**
     * One for each load balancer, floating IP and security group that does not go with another, by namespace and name.
     *
     * @param services every Service in the cluster that has or may have something in the cloud, listed after
     *     {@link #read}
     */
    public List<Orphan> of(Collection<Service> services) {
        Set<ObjectKey> present = services.stream().map(Service::key).collect(Collectors.toSet());
        Set<String> uids = services.stream().map(Service::uid).collect(Collectors.toSet());
        Set<String> named = services.stream()
                .flatMap(service -> Stream.ofNullable(service.annotations().get(ServiceOptions.LOAD_BALANCER_ID_KEY)))
                .collect(Collectors.toSet());
        List<Identified> groups = securityGroups.stream()
                .flatMap(group -> marked.service(group).stream())
                .filter(gone -> !uids.contains(gone.uid()))
                .distinct()
                .toList();
        Map<ObjectKey, String> gone = groups.stream()
                .filter(group -> !present.contains(group.service()))
                .collect(Collectors.toMap(Identified::service, Identified::uid, (first, _) -> first));
        List<Orphan> onLoadBalancers = onLoadBalancers(present, named, gone).toList();
        return Stream.of(onLoadBalancers.stream(), floatingIps(present), groups(groups, present, onLoadBalancers))
                .flatMap(orphans -> orphans)
                .sorted(Comparator.comparing((Orphan orphan) -> orphan.key().namespace())
                        .thenComparing(orphan -> orphan.key().name()))
                .toList();
    }

    private Stream<Orphan> onLoadBalancers(Set<ObjectKey> present, Set<String> named, Map<ObjectKey, String> uids) {
        return loadBalancers.stream()
                .filter(loadBalancer -> !loadBalancer.leaving())
                .flatMap(loadBalancer -> gone(loadBalancer, present, named)
                        .map(service -> Orphan.of(
                                service,
                                uids.getOrDefault(service, noServices(service, loadBalancer.id())),
                                Map.of(ServiceOptions.LOAD_BALANCER_ID_KEY, loadBalancer.id()))));
    }

    /** One that a Service names, and that has no tag of it yet, is about to be joined: nothing on it is touched. */
    private Stream<ObjectKey> gone(LoadBalancer loadBalancer, Set<ObjectKey> present, Set<String> named) {
        Set<ObjectKey> services = marked.services(loadBalancer);
        boolean aboutToBeJoined =
                named.contains(loadBalancer.id()) && services.stream().noneMatch(present::contains);
        return aboutToBeJoined ? Stream.empty() : services.stream().filter(service -> !present.contains(service));
    }

    private Stream<Orphan> floatingIps(Set<ObjectKey> present) {
        return floatingIps.stream()
                .filter(floatingIp -> !floatingIp.attached())
                .flatMap(floatingIp -> marked.service(floatingIp).stream()
                        .filter(service -> !present.contains(service))
                        .map(service -> Orphan.of(
                                service,
                                noServices(service, floatingIp.id()),
                                Map.of(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, floatingIp.floatingIpAddress()))));
    }

    /** Those that do not go with a load balancer; found again by the UID in the name. */
    private static Stream<Orphan> groups(
            List<Identified> groups, Set<ObjectKey> present, List<Orphan> onLoadBalancers) {
        return groups.stream()
                .filter(group -> onLoadBalancers.stream()
                        .noneMatch(orphan -> orphan.standIn().uid().equals(group.uid())))
                .map(group -> present.contains(group.service())
                        ? Orphan.onlyGroup(group.service(), group.uid())
                        : Orphan.of(group.service(), group.uid(), Map.of()));
    }

    /** No Service has it, so nothing is found by it; and it is no other orphan's, whose state would be taken for its. */
    private static String noServices(ObjectKey service, String resourceId) {
        return UUID.nameUUIDFromBytes((service + " " + resourceId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
