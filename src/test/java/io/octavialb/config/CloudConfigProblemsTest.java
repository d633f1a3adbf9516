package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudConfigProblemsTest {
    @Test
    void everyProblemIsInOneMessageWithFileSectionKeyValueAndWhatIsAllowed() {
        CloudConfigResult result = Configs.read("""
                [Global]
                auth-url = keystone.example
                [LoadBalancer]
                create-monitor = maybe
                monitor-delay = 5
                monitor-max-retries = 11
                lb-method = RANDOM
                lb-version = v1
                container-store = vault
                floating-subnet = ~(
                [LoadBalancerClass "dmz"]
                floating-subnet = ~[
                """);
        assertThat(((CloudConfigResult.Invalid) result).message()).isEqualTo("""
                        cloud.conf: [Global] auth-url = "keystone.example": allowed is an http:// or https:// URL with a host and without a password
                        cloud.conf: [LoadBalancer] create-monitor = "maybe": allowed is true or false (also yes/no, on/off, 1/0)
                        cloud.conf: [LoadBalancer] monitor-delay = "5": allowed is a duration with a unit, such as 5s or 1m30s, from 1s to 24h
                        cloud.conf: [LoadBalancer] monitor-max-retries = "11": allowed is a whole number from 1 to 10
                        cloud.conf: [LoadBalancer] lb-method = "RANDOM": allowed is one of LEAST_CONNECTIONS, ROUND_ROBIN, SOURCE_IP, SOURCE_IP_PORT
                        cloud.conf: [LoadBalancer] lb-version = "v1": allowed is one of v2
                        cloud.conf: [LoadBalancer] container-store = "vault": allowed is one of barbican, external
                        cloud.conf: [LoadBalancer] floating-subnet = "~(": allowed is a name, a glob, or ~ and a regular expression (RE2); a leading ! negates
                        cloud.conf: [LoadBalancerClass "dmz"] floating-subnet = "~[": allowed is a name, a glob, or ~ and a regular expression (RE2); a leading ! negates
                        cloud.conf: [Global]: give one way to authenticate: application-credential-id and application-credential-secret; or username (or user-id), password and tenant-id (or tenant-name); or trust-id, trustee-id and trustee-password; or token""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "monitor_delay = 5s     | monitor_delay  | did you mean monitor-delay?",
                "monitordelay = 5s      | monitordelay   | did you mean monitor-delay?",
                "flaoting-subnet = x    | flaoting-subnet| did you mean floating-subnet?",
                "request-timeout = 5s   | request-timeout| it belongs in [Metadata]",
                "zzz.y = 5s             | zzz.y          | see the reference of known keys",
            })
    void anUnknownKeyIsAWarningWithTheNearestKnownOne(String line, String key, String hint) {
        assertThat(Configs.warnings(Configs.GLOBAL + "[LoadBalancer]\n" + line + "\n"))
                .containsExactly("cloud.conf: [LoadBalancer] " + key + ": unknown key, ignored; " + hint);
    }

    @Test
    void anUnknownSectionIsAWarningWithTheNearestKnownOne() {
        assertThat(Configs.warnings(Configs.GLOBAL + "[LoadBalncer]\na = 1\nb = 2\n[Metadata \"x\"]\n"))
                .containsExactly(
                        "cloud.conf: [LoadBalncer]: unknown section, ignored; did you mean LoadBalancer?",
                        "cloud.conf: [Metadata \"x\"]: unknown section, ignored; did you mean Metadata?");
    }

    @Test
    void sectionsOfOtherProgramsAreAcceptedSilently() {
        assertThat(Configs.warnings(Configs.GLOBAL + "[Route]\nrouter-id = x\n[BlockStorage]\nbs-version = v3\n"))
                .isEmpty();
    }

    @Test
    void anUnknownProviderIsAWarning() {
        assertThat(Configs.warnings(Configs.GLOBAL + "[LoadBalancer]\nlb-provider = mine\n"))
                .singleElement()
                .asString()
                .contains("[LoadBalancer] lb-provider = \"mine\"");
    }

    @Test
    void aClassNeedsAName() {
        assertThat(Configs.problems(Configs.GLOBAL + "[LoadBalancerClass]\nsubnet-id = x\n"))
                .containsExactly("cloud.conf: [LoadBalancerClass]: needs a name: write [LoadBalancerClass \"name\"]");
    }

    @Test
    void aClassWithoutFloatingSubnetIsAWarning() {
        assertThat(Configs.warnings(Configs.GLOBAL + "[LoadBalancerClass \"x\"]\nsubnet-id = s\n"))
                .singleElement()
                .asString()
                .startsWith("cloud.conf: [LoadBalancerClass \"x\"]: set one of floating-subnet-id, floating-subnet");
    }

    @Test
    void aKeyAloneIsAProblemUnlessItIsABoolean() {
        assertThat(Configs.problems(Configs.GLOBAL + "[LoadBalancer]\nsubnet-id\n"))
                .containsExactly("cloud.conf: [LoadBalancer] subnet-id: has no value: write key = value");
    }

    @Test
    void aClientCertificateNeedsItsKey() {
        assertThat(Configs.problems(Configs.GLOBAL + "cert-file = /c\n"))
                .containsExactly(
                        "cloud.conf: [Global] cert-file = \"/c\": a client certificate needs both cert-file and key-file");
    }

    @Test
    void anEmptyFileSaysWhatIsRequired() {
        assertThat(Configs.problems("")).hasSize(2).first().asString().contains("[Global] auth-url: is required");
    }
}
