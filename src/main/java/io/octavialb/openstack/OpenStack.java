package io.octavialb.openstack;

import io.octavialb.config.CloudConfig;
import io.octavialb.config.EndpointType;
import io.octavialb.openstack.ServiceEndpoint.Access;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.openstack4j.api.types.Facing;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.core.transport.Config;

/**
 * A cloud: its APIs, one log-in for all of them, and the connections to them.
 *
 * <p>Thread-safe; one for the whole program. Nothing is sent before the first call.
 */
public final class OpenStack implements AutoCloseable {
    private final SSLContext tls;
    private final SharedValue<Session> sessions;
    private final ServiceEndpoint loadBalancing;
    private final OctaviaVersions versions;
    private final ServiceEndpoint networking;

    private OpenStack(
            SSLContext tls,
            SharedValue<Session> sessions,
            ServiceEndpoint loadBalancing,
            OctaviaVersions versions,
            ServiceEndpoint networking) {
        this.tls = tls;
        this.sessions = sessions;
        this.loadBalancing = loadBalancing;
        this.versions = versions;
        this.networking = networking;
    }

    /**
     * Reads the TLS files and makes the clients; throws {@link TlsFileException} when a file can't be used.
     *
     * @param requestTimeout of each HTTP request, its answer's body included
     * @param observer told of every request; for metrics and logs
     */
    public static OpenStack open(
            CloudConfig.Global global, Duration requestTimeout, Attempt.Observer observer, InstantSource time) {
        return open(global, requestTimeout, observer, time, Limits.DEFAULT);
    }

    static OpenStack open(
            CloudConfig.Global global,
            Duration requestTimeout,
            Attempt.Observer observer,
            InstantSource time,
            Limits limits) {
        SSLContext tls = Tls.context(global);
        JdkConnector.open(tls, requestTimeout);
        Config config = Config.newConfig()
                .withSSLContext(tls)
                .withReadTimeout(Math.toIntExact(requestTimeout.toMillis()))
                .withEndpointURLResolver(new Catalog());
        Access access = new Access(facing(global.endpointType()), global.region(), config);
        Wiring wiring = new Wiring(limits, requestTimeout, new Faults(time));

        Keystone keystone = new Keystone(
                global.authUrl(), global.credentials(), config, wiring.pipeline(Api.KEYSTONE, observer), time);
        SharedValue<Session> sessions =
                new SharedValue<>(Keystone.LOGIN, keystone::login, session -> session.goodAt(time.instant()));
        List<String> secrets = keystone.secrets();
        ServiceEndpoint networking = new ServiceEndpoint(
                ServiceType.NETWORK,
                sessions,
                secrets,
                wiring.pipeline(Api.NEUTRON, observer),
                access,
                Tenure.UNLIMITED);
        OctaviaOutages outages = new OctaviaOutages(observer);
        ServiceEndpoint loadBalancing = new ServiceEndpoint(
                ServiceType.OCTAVIA,
                sessions,
                secrets,
                wiring.pipeline(Api.OCTAVIA, outages),
                access,
                Tenure.UNLIMITED);
        OctaviaVersions versions = new OctaviaVersions(loadBalancing, time, outages);
        return new OpenStack(tls, sessions, loadBalancing, versions, networking);
    }

    /** Logs in, unless that is done; throws {@link CloudException} when Keystone can't be reached or refuses. */
    public void authenticate() {
        sessions.get();
    }

    public Octavia octavia() {
        return octavia(Tenure.UNLIMITED);
    }

    /** Octavia, to be changed within the tenure only. */
    public Octavia octavia(Tenure tenure) {
        return new OctaviaClient(new Resources(loadBalancing.during(tenure)), versions);
    }

    public Neutron neutron() {
        return neutron(Tenure.UNLIMITED);
    }

    /** Neutron, to be changed within the tenure only. */
    public Neutron neutron(Tenure tenure) {
        return new NeutronClient(new Resources(networking.during(tenure)));
    }

    /** Ends all connections, and the requests on them. */
    @Override
    public void close() {
        JdkConnector.close(tls);
    }

    private record Wiring(Limits limits, Duration requestTimeout, Faults faults) {
        Pipeline pipeline(Api api, Attempt.Observer observer) {
            return new Pipeline(api, new Resilience(api, limits, requestTimeout), faults, observer);
        }
    }

    private static Facing facing(EndpointType type) {
        return switch (type) {
            case PUBLIC -> Facing.PUBLIC;
            case INTERNAL -> Facing.INTERNAL;
            case ADMIN -> Facing.ADMIN;
        };
    }
}
