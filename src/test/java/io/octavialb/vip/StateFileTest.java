package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octavialb.vip.StateFile.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record of addresses that outlives an agent. */
class StateFileTest {
    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() throws IOException {
        Set<Held> held = Set.of(new Held("eth0", "192.0.2.1", 32), new Held("eth1", "2001:db8::1", 128));
        StateFile file = new StateFile(folder.resolve("run/agent.json"));
        file.write(held);
        assertThat(file.read()).isEqualTo(held);
        file.write(Set.of());
        assertThat(file.read()).isEmpty();
    }

    @Test
    void isEmptyBeforeItIsThere() throws IOException {
        assertThat(new StateFile(folder.resolve("none")).read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root:x:0:0",
                "",
                "{}",
                "null",
                "[]",
                "{\"addresses\": null}",
                "{\"addresses\": [null]}",
                "{\"addresses\": [{\"device\": \"eth0\", \"prefixLength\": 32}]}"
            })
    void saysWhenItIsSomethingElse(String text) throws IOException {
        Path path = Files.writeString(folder.resolve("agent.json"), text);
        assertThatThrownBy(() -> new StateFile(path).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("agent.json is not what an agent wrote");
    }
}
