package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key of the table is read: a value that can't be right is told with the key's name. */
class YamlKeysTest {
    static List<YamlKeys.Key> keys() {
        return YamlKeys.ALL;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aValueOfTheWrongKindIsTold(YamlKeys.Key key) {
        String wrong = key.name() + ": [[]]";
        ConfigResult result = MapSource.yaml(
                switch (key.in()) {
                    case TOP -> wrong;
                    case INSTANCE -> "instances: {x: {" + wrong + "}}";
                    case AUTHENTICATION, TRACK, ANNOUNCEMENTS, NOTIFY ->
                        "instances: {x: {" + key.in() + ": {" + wrong + "}}}";
                    case ADDRESS -> "instances: {x: {addresses: [{" + wrong + "}]}}";
                    case TRACKED -> "instances: {x: {track: {interfaces: [{" + wrong + "}]}}}";
                    case COMMAND -> "instances: {x: {notify: {any: {" + wrong + "}}}}";
                    case SYNC_GROUP -> "syncGroups: {x: {" + wrong + "}}";
                    case CHECK -> "checks: {x: {" + wrong + "}}";
                    case HTTP -> "checks: {x: {http: {" + wrong + "}}}";
                });
        assertThat(result.settings()).isEmpty();
        assertThat(result.problems())
                .noneMatch(problem -> problem.text().contains("is unknown"))
                .anyMatch(problem -> problem.text().startsWith(key.name() + " "));
    }
}
