package io.octavialb.openstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.openstack.transport.HttpClients;
import io.octavialb.openstack.transport.TlsContext;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.openstack4j.core.transport.Config;

/** A cloud: its APIs behind one token, one set of connections and one set of limits. */
public final class OpenStack implements AutoCloseable {
    private static final int PARALLEL_CALLS = 16;

    private final Config config;
    private final Session session;
    private final Octavia octavia;
    private final Neutron neutron;

    private OpenStack(Config config, Session session, Octavia octavia, Neutron neutron) {
        this.config = config;
        this.session = session;
        this.octavia = octavia;
        this.neutron = neutron;
    }

    /** Makes the clients; asks the cloud nothing yet. Throws {@link IllegalArgumentException} for unusable TLS files. */
    public static OpenStack open(OpenStackSettings settings, InstantSource clock, RequestObserver observer) {
        ObjectMapper json = new ObjectMapper();
        Config config = config(settings);
        VersionCache version = new VersionCache(clock);
        RequestObserver everyone = attempt -> {
            version.learn(attempt);
            observer.attempted(attempt);
        };
        Resilience resilience = new Resilience(PARALLEL_CALLS, settings.requestTimeout());
        Authentication authentication =
                new Authentication(settings, config, new Answers(json, clock), resilience, everyone);
        Session session = new Session(settings.credentials(), authentication::authenticate, clock);
        Requests requests = new Requests(json, config, new Catalog(settings), session, clock, resilience, everyone);
        return new OpenStack(
                config, session, new HttpOctavia(requests, json, version), new HttpNeutron(requests, json));
    }

    private static Config config(OpenStackSettings settings) {
        Config config = Config.newConfig()
                .withReadTimeout(Math.toIntExact(settings.requestTimeout().toMillis()));
        SSLContext tls = TlsContext.of(settings.tls());
        return tls == null ? config : config.withSSLContext(tls);
    }

    /** Gets a token, so that wrong credentials show at start. Throws {@link CloudException}. */
    public void authenticate() {
        session.token();
    }

    public Octavia octavia() {
        return octavia;
    }

    public Neutron neutron() {
        return neutron;
    }

    @Override
    public void close() {
        HttpClients.close(config);
    }
}
