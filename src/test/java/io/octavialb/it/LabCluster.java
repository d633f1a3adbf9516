package io.octavialb.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.app.Controller;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.config.ServiceOptions;
import io.octavialb.kubernetes.ClusterId;
import io.octavialb.kubernetes.ControllerSettings;
import io.octavialb.lab.CountingProxy;
import io.octavialb.lab.Lab;
import io.octavialb.lab.RecordedCalls;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;

/**
 * The real controller between a Kubernetes API in memory and the real lab.
 *
 * <p>The controller reaches the lab through a proxy that counts its requests; checks go to the lab directly. Each has a
 * cluster name of its own, so that suites can run side by side.
 */
final class LabCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Lab lab = Lab.load();
    private final CountingProxy proxy = CountingProxy.inFrontOf(lab);
    private final Cluster cluster = new Cluster();
    private final String name = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final OpenStack direct;
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final String moreConfig;
    private OpenStack counted;
    private Controller controller;

    LabCluster(String moreConfig) {
        this.moreConfig = moreConfig;
        this.direct = open(lab.authUrl().toString());
        cluster.node(1);
        cluster.node(2);
        this.counted = open(proxy.authUrl().toString());
        this.controller = started(counted);
    }

    /** Waits for what comes of its own; what can't be read while it changes is read again. */
    static ConditionFactory eventually() {
        return await().atMost(PATIENCE).ignoreExceptions();
    }

    private CloudConfig config(String authUrl) {
        Lab.ApplicationCredential credential = lab.applicationCredential();
        String text = "[Global]\nauth-url = " + authUrl + "\nregion = " + lab.region()
                + "\napplication-credential-id = " + credential.id() + "\napplication-credential-secret = "
                + credential.secret() + "\n[LoadBalancer]\nsubnet-id = " + lab.subnet("private-subnet")
                + "\nfloating-network-id = " + lab.network("public") + "\n" + moreConfig;
        CloudConfigResult result = CloudConfig.parse("cloud.conf", text, path -> {
            throw new IllegalStateException("no clouds.yaml here");
        });
        if (result instanceof CloudConfigResult.Valid valid) {
            return valid.config();
        }
        throw new IllegalStateException(result.toString());
    }

    private OpenStack open(String authUrl) {
        CloudConfig config = config(authUrl);
        return OpenStack.open(
                config.global(), config.metadata().requestTimeout(), Attempt.Observer.NOBODY, InstantSource.system());
    }

    private Controller started(OpenStack cloud) {
        cloud.octavia().version();
        Controller started = new Controller(
                cluster.client(),
                config(proxy.authUrl().toString()),
                cloud,
                new ClusterIdentity(name, ClusterId.read(cluster.client())),
                ControllerSettings.defaults(),
                ends::add);
        started.start();
        return started;
    }

    /** Ends the controller without a word to the cluster or the cloud beyond its Lease, and starts another. */
    void restart() {
        controller.close();
        counted.close();
        counted = open(proxy.authUrl().toString());
        controller = started(counted);
    }

    /** The cluster's name, which is in all names of what is made for it. */
    String name() {
        return name;
    }

    Lab lab() {
        return lab;
    }

    Cluster kubernetes() {
        return cluster;
    }

    CountingProxy proxy() {
        return proxy;
    }

    OpenStack cloud() {
        return direct;
    }

    void wake(String service) {
        controller.wake(new ObjectKey(Cluster.NAMESPACE, service));
    }

    /** Waits for the Service's address, and for the load balancer to be ACTIVE. */
    String awaitAddress(String service) {
        eventually().until(() -> !cluster.address(service).isEmpty());
        return cluster.address(service);
    }

    /** The name that the controller gives. */
    String loadBalancerName(String service) {
        return "kube_service_" + name + "_" + Cluster.NAMESPACE + "_" + service;
    }

    String loadBalancerId(String service) {
        return cluster.annotation(service, ServiceOptions.LOAD_BALANCER_ID_KEY);
    }

    /** The load balancer with all below it, read from the lab. */
    LoadBalancerTree tree(String service) {
        return tree(direct.octavia().loadBalancer(loadBalancerId(service)).orElseThrow());
    }

    LoadBalancerTree tree(LoadBalancer loadBalancer) {
        String id = loadBalancer.id();
        var octavia = direct.octavia();
        return new LoadBalancerTree(
                loadBalancer,
                octavia.listeners(id),
                octavia.pools(id).stream()
                        .map(pool -> new LoadBalancerTree.PoolTree(
                                pool,
                                octavia.members(pool.id()),
                                pool.healthmonitorId() == null
                                        ? null
                                        : octavia.healthMonitor(pool.healthmonitorId())
                                                .orElseThrow()))
                        .toList());
    }

    boolean active(String service) {
        return "ACTIVE".equals(direct.octavia().provisioningStatuses().get(loadBalancerId(service)));
    }

    /** Requests about this cluster's load balancers, without those of the shared watch and of authentication. */
    static RecordedCalls withoutWatch(RecordedCalls calls) {
        return calls.matching(call -> !(call.path().endsWith("/loadbalancers")
                && call.method().equals("GET")
                && String.valueOf(call.query()).contains("fields=provisioning_status")));
    }

    /** Deletes what is left and checks that nothing of this cluster stays in the lab. */
    @Override
    public void close() {
        try {
            cluster.client().services().inNamespace(Cluster.NAMESPACE).delete();
            eventually()
                    .until(() -> cluster.client()
                            .services()
                            .inNamespace(Cluster.NAMESPACE)
                            .list()
                            .getItems()
                            .isEmpty());
            assertThat(ends).isEmpty();
        } finally {
            controller.close();
            counted.close();
            direct.close();
            cluster.close();
            proxy.close();
        }
    }
}
