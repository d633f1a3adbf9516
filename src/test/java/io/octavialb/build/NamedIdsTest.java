package io.octavialb.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.build.NamedIds.NamedId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those of Octavia 16 and Neutron 26. */
class NamedIdsTest {
    private static final NamedIds IDS = new NamedIds(List.of(
            new NamedId("subnet-id", "sub-1"),
            new NamedId("network-id", "net-1"),
            new NamedId("flavor-id", "flavor-1"),
            new NamedId("availability-zone", "az-1")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Subnet sub-1 not found. | subnet-id: \"sub-1\"",
                "Network net-1 could not be found. | network-id: \"net-1\"",
                "Invalid input for field/attribute vip_subnet_id. Value: 'sub-1' | subnet-id: \"sub-1\"",
                "Validation failure: Invalid flavor_id. | flavor-id: \"flavor-1\"",
                "Validation failure: Invalid availability zone. | availability-zone: \"az-1\"",
                "No. | subnet-id: \"sub-1\", network-id: \"net-1\", flavor-id: \"flavor-1\", availability-zone: \"az-1\"",
            })
    void theGuiltyOneIsNamedElseAll(String words, String told) {
        assertThat(IDS.toCheck(words)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"Subnet sub-1 not found., true", "Member 7 not found., false"})
    void wordsThatRepeatAnIdAreAboutIt(String words, boolean about) {
        assertThat(IDS.areNamedIn(words)).isEqualTo(about);
    }
}
