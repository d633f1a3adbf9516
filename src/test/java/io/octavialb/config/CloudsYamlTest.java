package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.config.CloudConfig.Global;
import io.octavialb.config.CloudsYamlSource.CloudsYamlText;
import io.octavialb.config.Credentials.Domain;
import io.octavialb.config.Credentials.Project;
import io.octavialb.config.Credentials.User;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudsYamlTest {
    private static final String PASSWORD_CLOUD = """
            clouds:
              one:
                auth:
                  auth_url: https://yaml.example/v3
                  username: u
                  password: p
                  project_name: t
                  user_domain_name: ud
                  project_domain_id: td
                region_name: R
                interface: internal
                verify: false
                cacert: /ca
                cert: /cert
                key: /key
            """;

    private static CloudConfigResult read(String global, String yaml) {
        return CloudConfig.parse(
                "cloud.conf",
                "[Global]\nuse-clouds = true\n" + global,
                _ -> new CloudsYamlText.Found("/etc/clouds.yaml", yaml));
    }

    private static Global valid(String global, String yaml) {
        CloudConfigResult result = read(global, yaml);
        assertThat(result).as("%s", result).isInstanceOf(CloudConfigResult.Valid.class);
        return ((CloudConfigResult.Valid) result).config().global();
    }

    private static String problem(String global, String yaml) {
        CloudConfigResult result = read(global, yaml);
        assertThat(result).isInstanceOf(CloudConfigResult.Invalid.class);
        return ((CloudConfigResult.Invalid) result).message();
    }

    @Test
    void everyKeyIsRead() {
        assertThat(valid("", PASSWORD_CLOUD))
                .isEqualTo(new Global(
                        "https://yaml.example/v3",
                        "R",
                        EndpointType.INTERNAL,
                        new Credentials.Password(
                                new User(null, "u", new Domain(null, "ud")),
                                new Secret("p"),
                                new Project(null, "t", new Domain("td", null))),
                        "/ca",
                        "/cert",
                        "/key",
                        true));
    }

    @Test
    void explicitKeysBeatIt() {
        Global global = valid("""
                auth-url = https://explicit.example/v3
                region = E
                tenant-name = other
                tls-insecure = false
                """, PASSWORD_CLOUD.replace("project_name: t", "project_id: t"));
        assertThat(global.authUrl()).isEqualTo("https://explicit.example/v3");
        assertThat(global.region()).isEqualTo("E");
        assertThat(global.tlsInsecure()).isFalse();
        assertThat(((Credentials.Password) global.credentials()).project())
                .as("an explicit name beats an id of clouds.yaml")
                .isEqualTo(new Project(null, "other", new Domain("td", null)));
    }

    @Test
    void theExplicitWayToAuthenticateBeatsIt() {
        assertThat(valid("application-credential-id = i\napplication-credential-secret = s\n", PASSWORD_CLOUD)
                        .credentials())
                .isEqualTo(new Credentials.ApplicationCredential("i", null, null, new Secret("s")));
    }

    @Test
    void authTypeChoosesAmongSeveralWays() {
        String both = PASSWORD_CLOUD
                .replace(
                        "      username: u",
                        "      application_credential_id: i\n      application_credential_secret: s\n      username: u")
                .replace("    auth:", "    auth_type: v3applicationcredential\n    auth:");
        assertThat(valid("", both).credentials()).isInstanceOf(Credentials.ApplicationCredential.class);
        assertThat(problem("", both.replace("v3applicationcredential", "v3oidcpassword")))
                .contains("auth_type = \"v3oidcpassword\": allowed is one of password");
    }

    @Test
    void anIdOfDigitsStaysAText() {
        String yaml = """
                clouds:
                  1e5:
                    auth: {auth_url: "https://k/v3", user_id: 00012345678901234567890123456789, password: 1e400,
                           project_id: 0x1f}
                """;
        assertThat(valid("cloud = 1e5\n", yaml).credentials())
                .isEqualTo(new Credentials.Password(
                        new User("00012345678901234567890123456789", null, null),
                        new Secret("1e400"),
                        new Project("0x1f", null, null)));
    }

    @Test
    void anchorsAndMergeKeysWork() {
        String yaml = """
                common: &common
                  auth_url: https://k/v3
                  token: x
                clouds:
                  one:
                    auth:
                      <<: *common
                """;
        assertThat(valid("", yaml).authUrl()).isEqualTo("https://k/v3");
    }

    @Test
    void ofSeveralEntriesOneMustBeNamed() {
        String two = PASSWORD_CLOUD + "  two: {}\n";
        assertThat(problem("", two)).endsWith("name the entry to use by [Global] cloud; entries: one, two");
        assertThat(problem("cloud = three\n", two))
                .isEqualTo("/etc/clouds.yaml: [clouds]: has no entry three; entries: one, two");
        assertThat(valid("cloud = one\n", two).region()).isEqualTo("R");
    }

    @Test
    void aBadValueNamesTheFileTheEntryAndTheKey() {
        assertThat(problem("", PASSWORD_CLOUD.replace("internal", "secret")))
                .startsWith("/etc/clouds.yaml: [clouds.one] interface = \"secret\": allowed is one of admin");
        assertThat(problem("", PASSWORD_CLOUD.replace("verify: false", "verify: maybe")))
                .startsWith("/etc/clouds.yaml: [clouds.one] verify = \"maybe\": ");
        assertThat(problem("", PASSWORD_CLOUD.replace("password: p", "password: [hunter2]")))
                .contains("auth.password: must be a single text")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: *hunter2",
                "password: 'hunter2",
                "{hunter2",
                "\thunter2: x",
                "a: b: hunter2",
                "!!java.net.URL [hunter2]",
                "[hunter2]",
                "hunter2",
                "? {hunter2: 1}\n: 2",
                "&a [*a, hunter2]",
                ""
            })
    void whatIsNoCloudsYamlIsAProblemThatDoesNotShowIt(String yaml) {
        assertThat(problem("", yaml)).startsWith("/etc/clouds.yaml: ").doesNotContain("hunter2");
    }

    @Test
    void theCallerIsAskedForTheFileOnlyIfItIsUsed() {
        List<String> asked = new ArrayList<>();
        CloudsYamlSource source = path -> {
            asked.add(String.valueOf(path));
            return new CloudsYamlText.Missing("clouds.yaml", "not found in ., ~/.config/openstack, /etc/openstack");
        };
        CloudConfig.parse("cloud.conf", Configs.GLOBAL, source);
        assertThat(asked).isEmpty();
        CloudConfigResult result = CloudConfig.parse("cloud.conf", "[Global]\nuse-clouds\nclouds-file = /x\n", source);
        assertThat(asked).containsExactly("/x");
        assertThat(((CloudConfigResult.Invalid) result).message())
                .isEqualTo("clouds.yaml: not found in ., ~/.config/openstack, /etc/openstack");
    }
}
