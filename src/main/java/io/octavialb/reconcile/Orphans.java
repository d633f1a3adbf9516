package io.octavialb.reconcile;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Marked;
import io.octavialb.model.Marked.Identified;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
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
 * <p>It comes to be when a Service loses its finalizer by force, or its cluster is deleted as a whole. An orphan is given
 * as the Service that it is for, as far as the cloud tells, so that releasing that Service removes it: nothing else
 * decides what may be deleted.
 */
public final class Orphans {
    /** No Service has it, so nothing is found by it; a security group tells the one it was made for. */
    private static final String NO_UID = new UUID(0, 0).toString();

    private final Marked marked;
    private final Octavia octavia;
    private final Neutron neutron;

    public Orphans(ClusterIdentity cluster, Octavia octavia, Neutron neutron) {
        this.marked = new Marked(cluster);
        this.octavia = octavia;
        this.neutron = neutron;
    }

    /**
     * The Services that are gone, by namespace and name; one may be given several times, for a load balancer, for
     * floating IPs and for a security group.
     *
     * @param services every Service in the cluster that has or may have something in the cloud
     */
    public List<Service> of(Collection<Service> services) {
        Set<ObjectKey> present = services.stream().map(Service::key).collect(Collectors.toSet());
        Set<String> named = services.stream()
                .flatMap(service -> Stream.ofNullable(service.annotations().get(ServiceOptions.LOAD_BALANCER_ID_KEY)))
                .collect(Collectors.toSet());
        List<Identified> groups = neutron.securityGroups().stream()
                .flatMap(group -> marked.service(group).stream())
                .filter(gone -> !present.contains(gone.service()))
                .distinct()
                .toList();
        Map<ObjectKey, String> uids =
                groups.stream().collect(Collectors.toMap(Identified::service, Identified::uid, (first, _) -> first));
        List<Service> loadBalancers = loadBalancers(present, named, uids).toList();
        return Stream.of(loadBalancers.stream(), floatingIps(present), securityGroups(groups, loadBalancers))
                .flatMap(orphans -> orphans)
                .sorted(Comparator.comparing((Service gone) -> gone.key().namespace())
                        .thenComparing(gone -> gone.key().name()))
                .toList();
    }

    private Stream<Service> loadBalancers(Set<ObjectKey> present, Set<String> named, Map<ObjectKey, String> uids) {
        return octavia.loadBalancers().stream()
                .filter(loadBalancer -> !loadBalancer.leaving())
                .flatMap(loadBalancer -> gone(loadBalancer, present, named)
                        .map(service -> standIn(
                                service,
                                uids.getOrDefault(service, NO_UID),
                                Map.of(ServiceOptions.LOAD_BALANCER_ID_KEY, loadBalancer.id()))));
    }

    /** One that a Service names, and that has no tag of it yet, is about to be joined: nothing on it is touched. */
    private Stream<ObjectKey> gone(LoadBalancer loadBalancer, Set<ObjectKey> present, Set<String> named) {
        Set<ObjectKey> services = marked.services(loadBalancer);
        boolean aboutToBeJoined =
                named.contains(loadBalancer.id()) && services.stream().noneMatch(present::contains);
        return aboutToBeJoined ? Stream.empty() : services.stream().filter(service -> !present.contains(service));
    }

    private Stream<Service> floatingIps(Set<ObjectKey> present) {
        return neutron.floatingIps().stream()
                .filter(floatingIp -> !floatingIp.attached())
                .flatMap(floatingIp -> marked.service(floatingIp).stream()
                        .filter(service -> !present.contains(service))
                        .map(service -> standIn(service, floatingIp)));
    }

    /** Those that do not go with a load balancer; found again by the UID in the name. */
    private static Stream<Service> securityGroups(List<Identified> groups, List<Service> loadBalancers) {
        return groups.stream()
                .filter(gone -> loadBalancers.stream()
                        .noneMatch(service -> service.uid().equals(gone.uid())))
                .map(gone -> standIn(gone.service(), gone.uid(), Map.of()));
    }

    private static Service standIn(ObjectKey service, FloatingIp floatingIp) {
        return standIn(
                service, NO_UID, Map.of(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, floatingIp.floatingIpAddress()));
    }

    private static Service standIn(ObjectKey service, String uid, Map<String, String> annotations) {
        return new Service(
                service,
                uid,
                annotations,
                List.of(),
                true,
                "LoadBalancer",
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                "Cluster",
                0,
                "None",
                null,
                List.of(),
                List.of());
    }
}
