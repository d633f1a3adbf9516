package io.octavialb.embedded.kubernetes;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** A test with an API of its own. */
abstract class EmbeddedKubernetesCase {
    static final String SERVICES = "/api/v1/namespaces/default/services";
    static final String WEB = SERVICES + "/web";
    static final String PORT_80 = "[{\"port\":80}]";

    final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    final RawClient raw = new RawClient(kubernetes);

    @AfterEach
    void end() {
        raw.close();
        kubernetes.close();
    }

    RawClient.Answer create(String name, String ports) throws IOException {
        return create(name, "LoadBalancer", ports, "");
    }

    RawClient.Answer create(String name, String type, String ports, String moreSpec) throws IOException {
        return raw.post(SERVICES, """
                {"metadata": {"name": "%s"}, "spec": {"type": "%s", "ports": %s%s}}
                """.formatted(name, type, ports, moreSpec));
    }
}
