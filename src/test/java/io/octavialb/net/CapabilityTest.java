package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilityTest {
    @Test
    void areTheEffectiveOnes() throws Exception {
        assertThat(Capability.parse(List.of("CapPrm:\t000001fffeffffff", "CapEff:\t0000000000803000", "CapBnd:\t0")))
                .containsExactly(Capability.NET_ADMIN, Capability.NET_RAW, Capability.SYS_NICE);
        assertThat(Capability.parse(List.of("CapEff:\tffffffffffffffff"))).containsExactly(Capability.values());
        assertThat(Capability.parse(List.of("CapEff:\t0000000000000000"))).isEmpty();
    }

    @Test
    void areUnknownWithoutTheirLine() {
        assertThatThrownBy(() -> Capability.parse(List.of("Name:\tjava")))
                .isInstanceOf(IOException.class)
                .hasMessage("/proc/self/status has no line CapEff:");
    }
}
