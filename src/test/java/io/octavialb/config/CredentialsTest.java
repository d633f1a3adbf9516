package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.config.CloudsYamlSource.CloudsYamlText;
import io.octavialb.config.Credentials.Domain;
import io.octavialb.config.Credentials.Project;
import io.octavialb.config.Credentials.User;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
    private static final String URL = "[Global]\nauth-url = https://keystone.example/v3\n";

    private static Credentials credentials(String lines) {
        return Configs.valid(URL + lines).global().credentials();
    }

    @Test
    void aPasswordWithNamesAndDomains() {
        assertThat(credentials("""
                        username = u
                        password = p
                        tenant-name = t
                        user-domain-name = ud
                        tenant-domain-id = td
                        """))
                .isEqualTo(new Credentials.Password(
                        new User(null, "u", new Domain(null, "ud")),
                        new Secret("p"),
                        new Project(null, "t", new Domain("td", null))));
    }

    @Test
    void theCommonDomainServesUserAndProject() {
        assertThat(credentials("username = u\npassword = p\ntenant-name = t\ndomain-name = d\n"))
                .isEqualTo(new Credentials.Password(
                        new User(null, "u", new Domain(null, "d")),
                        new Secret("p"),
                        new Project(null, "t", new Domain(null, "d"))));
    }

    @Test
    void idsNeedNoDomain() {
        assertThat(credentials("user-id = u\npassword = p\ntenant-id = t\n"))
                .isEqualTo(new Credentials.Password(
                        new User("u", null, null), new Secret("p"), new Project("t", null, null)));
    }

    @Test
    void anApplicationCredentialByNameBelongsToItsUser() {
        assertThat(credentials("""
                        application-credential-name = n
                        application-credential-secret = s
                        username = u
                        user-domain-id = d
                        """))
                .isEqualTo(new Credentials.ApplicationCredential(
                        null, "n", new User(null, "u", new Domain("d", null)), new Secret("s")));
    }

    @Test
    void aTrustWithItsTrustee() {
        assertThat(credentials("trust-id = t\ntrustee-id = u\ntrustee-password = p\n"))
                .isEqualTo(new Credentials.Trust("t", new User("u", null, null), new Secret("p")));
        assertThat(credentials("trust-id = t\nuser-id = u\npassword = p\n"))
                .isEqualTo(new Credentials.Trust("t", new User("u", null, null), new Secret("p")));
    }

    @Test
    void aToken() {
        assertThat(credentials("token = t\ntenant-id = p\n"))
                .isEqualTo(new Credentials.Token(new Secret("t"), new Project("p", null, null)));
    }

    @Test
    void aPasswordBeatsAnApplicationCredentialAsInTheReferenceWithAWarning() {
        CloudConfigResult.Valid both = Configs.readValid(URL + """
                user-id = u
                password = p
                tenant-id = t
                application-credential-id = i
                application-credential-secret = s
                """);
        assertThat(both.config().global().credentials()).isInstanceOf(Credentials.Password.class);
        assertThat(both.warnings())
                .extracting(CloudConfigProblem::message)
                .containsExactly("cloud.conf: [Global] password: is used, and application-credential-* are not: remove"
                        + " what is not meant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application-credential-id=i | application-credential-secret: set application-credential-secret",
                "application-credential-secret=s | set application-credential-id, or application-credential-name",
                "application-credential-name=n;application-credential-secret=s | needs its user",
                "username=u;domain-id=d;tenant-id=t | password: set password",
                "password=p;tenant-id=t | username: a password needs its user",
                "user-id=u;password=p | tenant-id: a password needs a project",
                "username=u;password=p;tenant-id=t | username = \"u\": a user's name needs its domain",
                "user-id=u;password=p;tenant-name=t | tenant-name = \"t\": a project's name needs its domain",
                "trust-id=t;trustee-password=p | trustee-id: a trust needs its trustee",
                "trust-id=t;trustee-id=u | trustee-password: a trust needs its trustee's password",
            })
    void whatIsMissingIsNamed(String lines, String remedy) {
        assertThat(Configs.problems(URL + lines.replace(';', '\n') + "\n"))
                .singleElement()
                .asString()
                .startsWith("cloud.conf: [Global] ")
                .contains(remedy);
    }

    @Test
    void noSecretIsEverShown() {
        CloudConfig config = Configs.valid(URL + "user-id = u\npassword = hunter2\ntenant-id = t\n");
        assertThat(config.toString()).doesNotContain("hunter2").contains("***");
        assertThat(Configs.withLines("").toString()).doesNotContain("app-secret");
        assertThat(credentials("trust-id = t\ntrustee-id = u\ntrustee-password = hunter2\n")
                        .toString())
                .doesNotContain("hunter2");
        assertThat(credentials("token = hunter2\n").toString()).doesNotContain("hunter2");
    }

    @Test
    void noSecretIsEverShownInAProblemOrWarning() {
        CloudConfigResult result = Configs.read("""
                [Global]
                auth-url = https://admin:hunter2@keystone.example/v3
                password
                pasword = hunter2
                application-credential-secret = "hunter2\\q"
                [LoadBalancer]
                password = hunter2
                """);
        assertThat(result.toString()).doesNotContain("hunter2");
        assertThat(((CloudConfigResult.Invalid) result).message())
                .contains("auth-url")
                .doesNotContain("hunter2");
    }

    @Test
    void noSecretShowsOnTheWayEither() {
        var sections = GitConfigText.read("[Global]\npassword = hunter2\n", Findings.in("cloud.conf"));
        assertThat(sections.getFirst().entries().getFirst().value()).isEqualTo("hunter2");
        OptionValues values = new OptionValues();
        values.put(CloudConfigOptions.PASSWORD, "hunter2", Findings.in("cloud.conf"), "Global", "password");
        assertThat(List.of(sections, values, new CloudsYamlText.Found("clouds.yaml", "hunter2"))
                        .toString())
                .contains("password", "clouds.yaml")
                .doesNotContain("hunter2");
    }
}
