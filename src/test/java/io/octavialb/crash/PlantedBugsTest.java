package io.octavialb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.crash.CrashMatrix.Choice;
import io.octavialb.crash.CrashMatrix.Score;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Pool;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.Octavia;
import io.octavialb.reconcile.ServiceReconciliation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The matrix finds controllers that are wrong; each bug here is one that others have had. */
class PlantedBugsTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Score score(Plant plant, String... points) throws InterruptedException {
        List<Point> wanted = List.of(points).stream().map(Point::parse).toList();
        try (CrashMatrix matrix = new CrashMatrix(new PrintStream(said, true, StandardCharsets.UTF_8), plant, 2)) {
            Score score = matrix.run(
                    Operation.all().stream()
                            .filter(operation -> wanted.stream()
                                    .anyMatch(point -> point.operation().equals(operation.name())))
                            .toList(),
                    Choice.only(wanted::contains));
            assertThat(score.tried()).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(wanted.size());
            return score;
        }
    }

    @Test
    void theRealControllerIsRightAtThesePoints() throws InterruptedException {
        assertThat(score(
                        Plant.NONE,
                        "create/POST loadbalancers#1/lost",
                        "create/POST loadbalancers#1/answer-lost",
                        "create-one-by-one/POST pools#1/kept",
                        "delete/DELETE loadbalancers/ID#1/before"))
                .isEqualTo(new Score(4, 0, 0, 0));
    }

    @Test
    void oneThatDoesNotLookBeforeItCreates() throws InterruptedException {
        Plant blind = new OctaviaPlant() {
            @Override
            Object call(Octavia real, Method method, Object[] arguments) throws ReflectiveOperationException {
                return method.getName().equals("loadBalancersNamed") ? List.of() : method.invoke(real, arguments);
            }
        };
        Score score = score(blind, "create/POST loadbalancers#1/lost", "create/POST loadbalancers#1/before");
        assertThat(score.duplicates()).isPositive();
        assertThat(score.diverged()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("FAILED create/POST loadbalancers#1/lost")
                .contains("loadbalancers kube_service_crash_default_web: 1 too many")
                .doesNotContain("FAILED create/POST loadbalancers#1/before");
    }

    /** What is made twice is found and deleted by the next pass, whoever made it. */
    @Test
    void oneThatSendsACreationAgainWhenItsAnswerIsLostIsRepaired() throws InterruptedException {
        Plant impatient = new OctaviaPlant() {
            @Override
            Object call(Octavia real, Method method, Object[] arguments) throws ReflectiveOperationException {
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    if (method.getName().equals("createLoadBalancer")
                            && e.getCause() instanceof CloudException lost
                            && lost.fault().ambiguous()) {
                        return method.invoke(real, arguments);
                    }
                    throw e;
                }
            }
        };
        assertThat(score(impatient, "create/POST loadbalancers#1/answer-lost")).isEqualTo(new Score(1, 0, 0, 0));
    }

    @Test
    void oneThatRemovesTheFinalizerBeforeItDeletes() throws InterruptedException {
        Plant hasty = new Plant() {
            @Override
            public ServiceReconciliation reconciliation(ServiceReconciliation real, KubernetesClient client) {
                return new ServiceReconciliation() {
                    @Override
                    public Outcome ensure(Service service, List<Node> nodes) {
                        return real.ensure(service, nodes);
                    }

                    @Override
                    public Outcome release(Service service) {
                        client.services()
                                .inNamespace(service.key().namespace())
                                .withName(service.key().name())
                                .edit(it -> it.edit()
                                        .editMetadata()
                                        .withFinalizers(List.of())
                                        .endMetadata()
                                        .build());
                        return real.release(service);
                    }
                };
            }
        };
        Score score = score(hasty, "delete/DELETE loadbalancers/ID#1/before");
        assertThat(score.orphans()).isPositive();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("loadbalancers kube_service_crash_default_web: belongs to nothing");
    }

    @Test
    void oneThatTakesWhatItFindsForComplete() throws InterruptedException {
        Plant credulous = new OctaviaPlant() {
            private final Set<String> poolsOfThisLife = new HashSet<>();

            @Override
            public Octavia octavia(Octavia real) {
                poolsOfThisLife.clear();
                return super.octavia(real);
            }

            @Override
            Object call(Octavia real, Method method, Object[] arguments) throws ReflectiveOperationException {
                if (method.getName().equals("createHealthMonitor") && !poolsOfThisLife.contains(arguments[0])) {
                    return new HealthMonitor("none", "", "TCP", 5, 3, 1, 3, null, null, null, null, null, List.of());
                }
                Object answer = method.invoke(real, arguments);
                if (answer instanceof Pool pool) {
                    poolsOfThisLife.add(pool.id());
                }
                return answer;
            }
        };
        Score score = score(credulous, "create-one-by-one/POST pools#1/kept");
        assertThat(score.diverged()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("healthmonitors kube_service_crash_default_web TCP/80: missing");
    }

    /** Stands between the controller and Octavia's client. */
    private abstract static class OctaviaPlant implements Plant {
        abstract Object call(Octavia real, Method method, Object[] arguments) throws ReflectiveOperationException;

        @Override
        public Octavia octavia(Octavia real) {
            return (Octavia) Proxy.newProxyInstance(
                    Octavia.class.getClassLoader(), new Class<?>[] {Octavia.class}, (_, method, arguments) -> {
                        try {
                            return call(real, method, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
