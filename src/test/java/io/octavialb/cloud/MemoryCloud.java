package io.octavialb.cloud;

import io.octavialb.config.CloudConfig;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import io.octavialb.reconcile.ServiceReconciliation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Octavia and Neutron in memory, with the networks that golden cases name, and the passes that use them. */
public final class MemoryCloud {
    private static final int MAX_PASSES = 60;

    private final List<String> mutations = new CopyOnWriteArrayList<>();
    private final MemoryOctavia octavia = new MemoryOctavia(mutations);
    private final MemoryNeutron neutron = new MemoryNeutron(mutations);
    private final BlockingQueue<ObjectKey> woken = new LinkedBlockingQueue<>();
    private final Duration tick;
    private int mutationsBefore;

    public MemoryCloud(OctaviaVersion version) {
        this(version, Duration.ofMillis(1));
    }

    /** A cloud whose watches tick as often as given. */
    public MemoryCloud(OctaviaVersion version, Duration tick) {
        this.tick = tick;
        octavia.whenGone(gone -> {
            if (gone.vipPortId() != null) {
                neutron.portGone(gone.vipPortId());
            }
        });
        octavia.version(version);
        neutron.put(new Network("net-public", "public", true, List.of("sub-gold", "sub-silver")));
        neutron.put(
                new Subnet("sub-gold", "public-gold", "net-public", 4, "203.0.113.0/24", List.of("floating", "gold")));
        neutron.put(new Subnet(
                "sub-silver", "public-silver", "net-public", 4, "198.51.100.0/24", List.of("floating", "silver")));
        neutron.put(new Network("net-other", "other", true, List.of()));
        neutron.put(new Network("net-gold", "gold", true, List.of("fsub-gold")));
        neutron.put(new Subnet("fsub-gold", "gold", "net-gold", 4, "192.0.2.0/24", List.of()));
        neutron.put(new Subnet("sub-members", "members", "net-members", 4, "10.7.0.0/24", List.of()));
        neutron.put(new Subnet("sub-dmz", "dmz", "net-dmz", 4, "10.8.0.0/24", List.of()));
        neutron.put(new Subnet("sub-private", "private", "net-private", 4, "10.6.0.0/24", List.of()));
        neutron.put(new Subnet("sub-private-v6", "private-v6", "net-private", 6, "fd00:6::/64", List.of()));
        for (int i = 1; i <= 3; i++) {
            neutron.put(new Port(
                    "port-node-" + i,
                    "net-private",
                    "00000000-0000-4000-8000-00000000000" + i,
                    "compute:nova",
                    List.of(new Port.FixedIp("sub-private", "10.6.0.1" + i)),
                    List.of(),
                    true,
                    1));
        }
    }

    public MemoryOctavia octavia() {
        return octavia;
    }

    public MemoryNeutron neutron() {
        return neutron;
    }

    /** A fresh reconciliation, as after a restart. */
    public CloudReconciliation reconciliation(CloudConfig config, ClusterIdentity cluster) {
        return reconciliation(config, cluster, octavia, neutron);
    }

    /** One whose Octavia and Neutron refuse some requests. */
    public CloudReconciliation reconciliation(CloudConfig config, ClusterIdentity cluster, RefusedRequests refused) {
        return reconciliation(config, cluster, refused.of(Octavia.class, octavia), refused.of(Neutron.class, neutron));
    }

    /** One that dies by the first thing it changes: the cloud does it, and the answer never arrives. */
    public CloudReconciliation dyingReconciliation(CloudConfig config, ClusterIdentity cluster) {
        return reconciliation(
                config, cluster, LostAnswers.of(Octavia.class, octavia), LostAnswers.of(Neutron.class, neutron));
    }

    private CloudReconciliation reconciliation(
            CloudConfig config, ClusterIdentity cluster, Octavia octavia, Neutron neutron) {
        return new CloudReconciliation(
                config,
                cluster,
                octavia,
                neutron,
                new LoadBalancerWatch(octavia, woken::add, tick),
                InstantSource.system());
    }

    /** Makes the cloud as it is when a Service has converged; what it took is not counted. */
    public void settled(CloudConfig config, ClusterIdentity cluster, Service service, List<Node> nodes) {
        Outcome outcome = converge(reconciliation(config, cluster), service, nodes);
        if (!(outcome instanceof Outcome.Converged)) {
            throw new IllegalStateException("the Service of before came to " + outcome);
        }
        countFromHere();
    }

    /** What was changed until now is not counted. */
    public void countFromHere() {
        mutationsBefore = mutations.size();
    }

    /**
     * Passes over a Service until it no longer waits; the cloud finishes its work after every pass, and each pass sees what
     * the one before published.
     */
    public Outcome converge(ServiceReconciliation reconciliation, Service service, List<Node> nodes) {
        return untilDone(seen -> reconciliation.ensure(seen, nodes), service);
    }

    /** Passes that release a Service until nothing is waited for. */
    public Outcome release(ServiceReconciliation reconciliation, Service service) {
        return untilDone(reconciliation::release, service);
    }

    private Outcome untilDone(Function<Service, Outcome> pass, Service service) {
        Service published = service;
        Outcome outcome = pass.apply(published);
        for (int i = 0; outcome instanceof Outcome.Waiting waiting && i < MAX_PASSES; i++) {
            octavia.settle();
            awaitWake(waiting);
            published = published(published, outcome);
            outcome = pass.apply(published);
        }
        return outcome;
    }

    /** Starts anew after every single request that changes something, as if the program was killed each time. */
    public Outcome convergeByDying(CloudConfig config, ClusterIdentity cluster, Service service, List<Node> nodes) {
        Service published = service;
        Outcome outcome = dyingReconciliation(config, cluster).ensure(published, nodes);
        for (int i = 0; !(outcome instanceof Outcome.Converged) && i < MAX_PASSES; i++) {
            octavia.settle();
            published = published(published, outcome);
            outcome = dyingReconciliation(config, cluster).ensure(published, nodes);
        }
        return outcome;
    }

    private void awaitWake(Outcome.Waiting waiting) {
        try {
            if (woken.poll(10, TimeUnit.SECONDS) == null) {
                throw new IllegalStateException("nobody was woken: " + waiting.reason());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The Service with what the controller publishes of a pass before it has converged. */
    public static Service published(Service service, Outcome outcome) {
        return outcome instanceof Outcome.Waiting waiting && waiting.identity() != null
                ? published(service, waiting.identity(), service.ingress())
                : service;
    }

    /** The Service with what the controller records in it. */
    public Service recorded(Service service, Outcome.Converged converged) {
        return published(service, converged.identity(), converged.ingress());
    }

    private static Service published(Service service, Outcome.Identity identity, List<Ingress> ingress) {
        Map<String, String> annotations = new HashMap<>(service.annotations());
        annotations.put(ServiceOptions.LOAD_BALANCER_ID_KEY, identity.loadBalancerId());
        annotations.put(
                ServiceOptions.LOAD_BALANCER_RECORD_KEY, identity.record().text());
        if (identity.address() != null) {
            annotations.put(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, identity.address());
        }
        if (identity.vipAddress() != null) {
            annotations.put(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY, identity.vipAddress());
            annotations.remove(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY, "");
        }
        return new Service(
                service.key(),
                service.uid(),
                annotations,
                service.finalizers(),
                service.deleting(),
                service.type(),
                service.loadBalancerClass(),
                service.ports(),
                service.ipFamilies(),
                service.loadBalancerIp(),
                service.loadBalancerSourceRanges(),
                service.externalTrafficPolicy(),
                service.healthCheckNodePort(),
                service.sessionAffinity(),
                service.sessionAffinityTimeoutSeconds(),
                ingress,
                service.endpoints());
    }

    /** The requests that changed something since the cloud was settled, in order. */
    public List<String> mutations() {
        return mutations.stream().skip(mutationsBefore).toList();
    }
}
