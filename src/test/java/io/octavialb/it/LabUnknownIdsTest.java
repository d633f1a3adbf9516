package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.PATIENCE;
import static io.octavialb.it.LabCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.octavialb.lab.Lab;
import io.octavialb.lab.RecordedCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An id or a name that stands for nothing is one Warning that names it, and costs nothing in the cloud. The cloud-config
 * names no subnet, which would beat a {@code network-id}.
 */
@Tag(Lab.TAG)
class LabUnknownIdsTest {
    private static final String PREFIX = "loadbalancer.openstack.org/";
    private static final String NOWHERE = "deadbeef-0000-4000-8000-00000000beef";
    private static final String NO_CONTAINER = "http://127.0.0.1:9311/v1/containers/" + NOWHERE;

    private static final String VIP_PORT = "octavia-lb-";

    private final RawCloud raw = new RawCloud(Lab.load());
    private LabCluster lab;
    private Cluster kubernetes;

    private record Unknown(String key, String value) {
        String service() {
            return key.replace(PREFIX, "") + (value.contains(NOWHERE) ? "" : "-name");
        }
    }

    private static Stream<Unknown> atCreation() {
        return Stream.of(
                new Unknown("subnet-id", NOWHERE),
                new Unknown("subnet-id", "no-uuid"),
                new Unknown("network-id", NOWHERE),
                new Unknown("port-id", NOWHERE),
                new Unknown("member-subnet-id", NOWHERE),
                new Unknown("member-subnet-id", "no-uuid"),
                new Unknown("flavor-id", NOWHERE),
                new Unknown("flavor-id", "no-uuid"),
                new Unknown("availability-zone", "az-nowhere"),
                new Unknown("floating-network-id", NOWHERE),
                new Unknown("floating-network-id", "no-uuid"),
                new Unknown("floating-subnet-id", NOWHERE),
                new Unknown("floating-subnet-id", "no-uuid"),
                new Unknown("floating-subnet", "no-such-*"),
                new Unknown("floating-subnet-tags", "no-such-tag"),
                new Unknown("load-balancer-id", NOWHERE),
                new Unknown("load-balancer-id", "no-uuid"),
                new Unknown("class", "no-such-class"),
                new Unknown("default-tls-container-ref", NO_CONTAINER));
    }

    @BeforeEach
    void start() {
        lab = new LabCluster("subnet-id =\n");
        kubernetes = lab.kubernetes();
    }

    @AfterEach
    void stop() {
        raw.close();
        lab.close();
    }

    @Test
    void atCreationNothingIsMade() {
        Set<String> before = raw.portNames().keySet();
        List<Unknown> all = atCreation().toList();
        all.forEach(unknown ->
                kubernetes.create(unknown.service(), Map.of(PREFIX + unknown.key(), unknown.value()), port("TCP", 80)));
        awaitWarnings(all.stream().map(Unknown::service).toList());
        Map<String, String> ports = raw.portNames();
        ports.keySet().removeAll(before);
        awaitQuiet();
        all.forEach(unknown -> {
            assertThat(warnings(unknown.service()))
                    .as(unknown.service())
                    .singleElement()
                    .asString()
                    .contains(unknown.key(), unknown.value())
                    .doesNotContain(lab.lab().subnet("private-subnet"));
            assertThat(lab.cloud().octavia().loadBalancersNamed(lab.loadBalancerName(unknown.service())))
                    .as(unknown.service())
                    .isEmpty();
        });
        assertThat(answered(201)).as("nothing is made").isZero();
        assertThat(deletedOrphans(ports))
                .as("VIP ports that Octavia leaves when it refuses a part of the tree: the container's")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void onTheLoadBalancerThatIsThereAllElseGoesOn() {
        List<Unknown> all = List.of(
                new Unknown("member-subnet-id", NOWHERE),
                new Unknown("class", "no-such-class"),
                new Unknown("default-tls-container-ref", NO_CONTAINER));
        all.forEach(unknown -> kubernetes.create(unknown.service(), Map.of(), port("TCP", 80)));
        all.forEach(unknown -> lab.awaitAddress(unknown.service()));
        all.forEach(unknown -> kubernetes.edit(
                unknown.service(),
                service -> service.editMetadata()
                        .addToAnnotations(PREFIX + unknown.key(), unknown.value())
                        .endMetadata()));
        awaitWarnings(all.stream().map(Unknown::service).toList());
        awaitQuiet();
        all.forEach(unknown -> assertThat(warnings(unknown.service()))
                .as(unknown.service())
                .singleElement()
                .asString()
                .contains(unknown.value()));
        kubernetes.node(3);
        all.forEach(unknown -> eventually()
                .untilAsserted(() -> assertThat(lab.tree(unknown.service()).pools())
                        .as(unknown.service())
                        .singleElement()
                        .satisfies(pool -> assertThat(pool.members()).hasSize(3))));
    }

    private void awaitWarnings(List<String> services) {
        services.forEach(service -> eventually()
                .untilAsserted(() -> assertThat(warnings(service)).as(service).isNotEmpty()));
    }

    /** For longer than the controller waits between two attempts. */
    private void awaitQuiet() {
        int mutations = mutations();
        await().during(Duration.ofSeconds(5)).atMost(PATIENCE).until(this::mutations, now -> now == mutations);
    }

    private int mutations() {
        RecordedCalls calls = lab.proxy().calls();
        return calls.mutations().count() - calls.logins().count();
    }

    private long answered(int status) {
        return lab.proxy().calls().mutations().list().stream()
                .filter(call -> !call.call().isLogin() && call.status() == status)
                .count();
    }

    /** How many of these are VIP ports, for some time now, whose load balancer there is not. */
    private long deletedOrphans(Map<String, String> ports) {
        List<String> orphans = ports.entrySet().stream()
                .filter(port -> port.getValue().startsWith(VIP_PORT)
                        && lab.cloud()
                                .octavia()
                                .loadBalancer(port.getValue().substring(VIP_PORT.length()))
                                .isEmpty())
                .map(Map.Entry::getKey)
                .filter(raw.portNames()::containsKey)
                .toList();
        orphans.forEach(raw::deletePort);
        return orphans.size();
    }

    private List<String> warnings(String service) {
        return kubernetes.events(service).stream()
                .filter(event -> event.getType().equals("Warning"))
                .map(Event::getMessage)
                .toList();
    }
}
