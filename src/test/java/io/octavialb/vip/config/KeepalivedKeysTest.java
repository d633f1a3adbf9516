package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vip.config.ConfigProblem.Severity;
import io.octavialb.vip.config.KeepalivedKeys.Use;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each key of the table does what its row says, where it stands. */
class KeepalivedKeysTest {
    private static final List<KeepalivedKeys.Key> KEYS = KeepalivedKeys.ALL;
    private static final Set<String> WITH_VALUE =
            Set.of("dev", "label", "scope", "brd", "peer", "preferred_lft", "track_group");

    @ParameterizedTest
    @FieldSource("KEYS")
    void isToldAsItsRowSays(KeepalivedKeys.Key key) {
        ConfigResult result = MapSource.keepalived(inItsPlace(key));
        List<ConfigProblem> about = result.problems().stream()
                .filter(problem -> problem.text().startsWith(key.name() + " " + key.text()))
                .toList();
        assertThat(result.problems()).noneMatch(problem -> problem.text().contains("is unknown in"));
        assertThat(about).hasSize(key.use() == Use.WARNED ? 1 : 0);
        assertThat(about).allSatisfy(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.remedy()).isNotEmpty();
            assertThat(problem.place().line()).isEqualTo(3);
        });
    }

    @Test
    void eachKeyHasOneRowInItsPlace() {
        assertThat(KEYS.stream()
                        .collect(Collectors.groupingBy(key -> key.in() + " " + key.name(), Collectors.counting())))
                .allSatisfy((_, rows) -> assertThat(rows).isEqualTo(1));
    }

    private static String inItsPlace(KeepalivedKeys.Key key) {
        String value = WITH_VALUE.contains(key.name()) ? " 1" : "";
        return switch (key.in()) {
            case TOP -> "\n\n" + key.name() + " name {\n}\n";
            case GLOBAL, SCRIPT, GROUP, INSTANCE, GARP_GROUP -> key.in() + " name {\n\n" + key.name() + " 2\n}\n";
            case AUTHENTICATION -> "vrrp_instance name {\nauthentication {\n" + key.name() + " x\n}\n}\n";
            case PEER -> "vrrp_instance name {\nunicast_peer {\n192.0.2.1 " + key.name() + " 255\n}\n}\n";
            case ADDRESS -> "vrrp_instance name {\nvirtual_ipaddress {\n192.0.2.1 " + key.name() + value + "\n}\n}\n";
        };
    }
}
