package io.octavialb.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.MemoryOctavia;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.desired.DesiredFloatingIp;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Observed;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Neutron;
import io.octavialb.plan.Step;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of several subnets that match, the next one is tried when Neutron refuses the one before it. */
class FloatingSubnetsTest {
    private static final Step CREATION = new Step.CreateFloatingIp(
            new DesiredFloatingIp("net-public", List.of("sub-gold", "sub-silver"), null, null, false, "ours"), "port");

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final List<Object> asked = new ArrayList<>();

    private List<FloatingIp> create(Map<String, CloudException> refusals) {
        Neutron neutron = (Neutron) Proxy.newProxyInstance(
                Neutron.class.getClassLoader(), new Class<?>[] {Neutron.class}, (_, method, args) -> {
                    asked.add(args[1]);
                    CloudException refusal = refusals.get(String.valueOf(args[1]));
                    if (refusal != null) {
                        throw refusal;
                    }
                    try {
                        return method.invoke(cloud.neutron(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new StepExecution(cloud.octavia(), neutron, new SecurityGroupExecution(neutron))
                .execute(CREATION, Observed.NOTHING)
                .floatingIps();
    }

    @ParameterizedTest
    @CsvSource({"CONFLICT, 409", "BAD_REQUEST, 400", "NOT_FOUND, 404"})
    void theSecondOneIsTriedAfterTheFirstIsRefused(Kind kind, int status) {
        assertThat(create(Map.of("sub-gold", MemoryOctavia.fault(kind, status, "No more IP addresses available"))))
                .hasSize(1);
        assertThat(asked).containsExactly("sub-gold", "sub-silver");
    }

    @Test
    void theLastRefusalIsTold() {
        Map<String, CloudException> refusals = Map.of(
                "sub-gold", MemoryOctavia.fault(Kind.CONFLICT, 409, "gold is full"),
                "sub-silver", MemoryOctavia.fault(Kind.CONFLICT, 409, "silver is full"));
        assertThatThrownBy(() -> create(refusals)).hasMessageContaining("silver is full");
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatSaysNothingAboutTheSubnetEndsThePass() {
        assertThatThrownBy(() -> create(Map.of("sub-gold", MemoryOctavia.fault(Kind.SERVER_ERROR, 503, "busy"))))
                .isInstanceOf(CloudException.class);
        assertThat(asked).containsExactly("sub-gold");
    }
}
