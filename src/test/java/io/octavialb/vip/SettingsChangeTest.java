package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vip.config.InstanceSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a new configuration leaves alone, changes, starts and stops. */
class SettingsChangeTest {
    private static final InstanceSettings ONE = Settings.instance("one", 1, 100, "192.0.2.1");
    private static final InstanceSettings TWO = Settings.instance("two", 2, 100, "192.0.2.2");

    @Test
    void theSameIsNoChange() {
        assertThat(SettingsChange.between(List.of(ONE, TWO), Settings.agent(TWO, ONE)))
                .isEqualTo(new SettingsChange(List.of(), List.of()));
    }

    @Test
    void priorityAndAddressesChangeTheRouterThatIsThere() {
        InstanceSettings higher = Settings.instance("one", 1, 150, "192.0.2.1", "192.0.2.3");
        assertThat(SettingsChange.between(List.of(ONE, TWO), Settings.agent(higher, TWO)))
                .isEqualTo(new SettingsChange(List.of(), List.of()));
    }

    @Test
    void anotherVridIsAnotherRouter() {
        InstanceSettings other = Settings.instance("one", 7, 100, "192.0.2.1");
        assertThat(SettingsChange.between(List.of(ONE, TWO), Settings.agent(other, TWO)))
                .isEqualTo(new SettingsChange(List.of(ONE), List.of(other)));
    }

    @Test
    void whatIsNewStartsAndWhatIsGoneStops() {
        InstanceSettings three = Settings.instance("three", 3, 100, "192.0.2.3");
        assertThat(SettingsChange.between(List.of(ONE, TWO), Settings.agent(TWO, three)))
                .isEqualTo(new SettingsChange(List.of(ONE), List.of(three)));
    }
}
