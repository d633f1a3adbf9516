package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {
    @ParameterizedTest
    @CsvSource({
        "5s, PT5S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "5.s, PT5S",
        "100ms, PT0.1S",
        "250us, PT0.00025S",
        "250µs, PT0.00025S",
        "1h1m1s1ms1us1ns, PT1H1M1.001001001S",
        "0, PT0S",
        "0s, PT0S",
    })
    void durationsAreThoseOfGo(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "5 s", "-5s", "+5s", "5d", "5S", "1s2", "1,5s", ".s", "5ss", "9999999999999h"})
    void othersAreNotDurations(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.255/25, 10.1.2.128/25",
        "192.0.2.1/32, 192.0.2.1/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "1.2.3.4/0, 0.0.0.0/0",
        "010.001.0.0/016, 10.1.0.0/16",
        "::/0, ::/0",
        "2001:DB8::1/32, 2001:db8::/32",
        "2001:0db8:0:0:0:0:0:1/128, 2001:db8::1/128",
        "2001:db8:ffff::/33, 2001:db8:8000::/33",
        "64:ff9b::192.0.2.1/128, 64:ff9b::c000:201/128",
    })
    void networksAreReadAsKubernetesDoesAndShownInCanonicalForm(String text, String expected) {
        assertThat(Cidr.parse(text)).map(Cidr::toString).contains(expected);
        assertThat(Cidr.parse(expected)).isEqualTo(Cidr.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0.0/33",
                "10.0.0/8",
                "10.0.0.256/8",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "/8",
                "::/129",
                "fe80::1%lo/64",
                "::ffff:10.0.0.0/104",
                "example.com/8",
                "localhost/8",
                "10.0.0.0/8/8",
                " 10.0.0.0/8",
                "1::2::3/64",
                "12345::/16",
                "10.0.0.0/999999999999"
            })
    void othersAreNotNetworks(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void aListOfNetworksIsTrimmedAndWithoutRepeats() {
        assertThat(ValueType.cidrs().parse(" 10.0.0.0/8 ,10.9.9.9/8,::/0"))
                .contains(List.of(Cidr.parse("10.0.0.0/8").orElseThrow(), Cidr.ANY_IPV6));
        assertThat(ValueType.cidrs().parse("10.0.0.0/8,")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1.0", "0x10", "1e3", "11", "0", "-1", "99999999999999999999"})
    void anIntegerIsAWholeNumberInItsRange(String text) {
        assertThat(ValueType.integer(1, 10).parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "web.example.com, true",
        "a, true",
        "*.example.com, false",
        "Web.example.com, false",
        "a_b.example.com, false",
        "192.0.2.1, false",
        "example.com., false",
        "-a.com, false",
        "'a b', false"
    })
    void aHostNameIsOneThatKubernetesTakes(String text, boolean valid) {
        assertThat(ValueType.hostName().parse(text).isPresent()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube_service_a_b_c", "a,kube_service_x", "octavia-lb:cluster=other"})
    void tagsThatMarkOwnershipAreRefused(String text) {
        assertThat(ValueType.tags().parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lb-methd, lb-method",
        "LB_METHOD, lb-method",
        "flavour-id, flavor-id",
        "wholly-different, ''",
        "x, ''",
    })
    void theNearestKeyIsTheOneMostLikelyMeant(String typed, String expected) {
        assertThat(NearestKey.of(typed, List.of("lb-method", "flavor-id", "network-id"))
                        .orElse(""))
                .isEqualTo(expected);
    }
}
