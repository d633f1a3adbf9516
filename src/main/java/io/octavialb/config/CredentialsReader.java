package io.octavialb.config;

import static io.octavialb.config.CloudConfigOptions.*;

import io.octavialb.config.Credentials.Domain;
import io.octavialb.config.Credentials.Project;
import io.octavialb.config.Credentials.User;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the one way to authenticate that {@code [Global]} and clouds.yaml together give. */
final class CredentialsReader {
    private static final String WAYS = "give one way to authenticate: application-credential-id and"
            + " application-credential-secret; or username (or user-id), password and tenant-id (or tenant-name);"
            + " or trust-id, trustee-id and trustee-password; or token";

    private final OptionValues values;
    private final Findings findings;

    private CredentialsReader(OptionValues values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** The ways, in the order in which they are taken when several are given. */
    private enum Way {
        TRUST,
        PASSWORD,
        TOKEN,
        APPLICATION_CREDENTIAL,
        USER_WITHOUT_PASSWORD;

        boolean isGiven(OptionValues values) {
            return switch (this) {
                case TRUST -> values.isGiven(TRUST_ID);
                case PASSWORD -> values.isGiven(CloudConfigOptions.PASSWORD);
                case TOKEN -> values.isGiven(CloudConfigOptions.TOKEN);
                case APPLICATION_CREDENTIAL ->
                    values.isGiven(APPLICATION_CREDENTIAL_SECRET)
                            || values.isGiven(APPLICATION_CREDENTIAL_ID)
                            || values.isGiven(APPLICATION_CREDENTIAL_NAME);
                case USER_WITHOUT_PASSWORD -> values.isGiven(USERNAME) || values.isGiven(USER_ID);
            };
        }
    }

    /**
     * Null when there is none that is complete, which is then a problem with the remedy.
     *
     * @param explicit what the cloud-config says itself: its way beats that of clouds.yaml
     * @param merged with what clouds.yaml adds
     * @param authType {@code auth_type} of clouds.yaml
     */
    static @Nullable Credentials read(
            OptionValues explicit, OptionValues merged, @Nullable String authType, Findings findings) {
        CredentialsReader reader = new CredentialsReader(merged, findings);
        Way way = wayOf(explicit);
        if (way == null || way == Way.USER_WITHOUT_PASSWORD) {
            way = authType == null || authType.isBlank() ? wayOf(merged) : reader.wayOf(authType);
        }
        if (way == null) {
            if (authType == null || authType.isBlank()) {
                findings.problem(GLOBAL, null, null, WAYS);
            }
            return null;
        }
        if (way == Way.PASSWORD && Way.APPLICATION_CREDENTIAL.isGiven(explicit)) {
            findings.warning(
                    GLOBAL,
                    "password",
                    null,
                    "is used, and application-credential-* are not: remove what is not meant");
        }
        return switch (way) {
            case TRUST -> reader.trust();
            case PASSWORD, USER_WITHOUT_PASSWORD -> reader.password();
            case TOKEN -> reader.token();
            case APPLICATION_CREDENTIAL -> reader.applicationCredential();
        };
    }

    private static @Nullable Way wayOf(OptionValues values) {
        for (Way way : Way.values()) {
            if (way.isGiven(values)) {
                return way;
            }
        }
        return null;
    }

    private @Nullable Way wayOf(String authType) {
        return switch (authType.toLowerCase(Locale.ROOT)) {
            case "password", "v3password", "v2password" -> values.isGiven(TRUST_ID) ? Way.TRUST : Way.PASSWORD;
            case "token", "v3token", "v2token" -> Way.TOKEN;
            case "v3applicationcredential" -> Way.APPLICATION_CREDENTIAL;
            default -> {
                findings.problem(
                        "clouds",
                        "auth_type",
                        authType,
                        "allowed is one of password, v3password, v3token, v3applicationcredential");
                yield null;
            }
        };
    }

    private @Nullable Credentials trust() {
        String trusteeId = values.find(TRUSTEE_ID);
        User trustee = trusteeId == null ? user() : new User(trusteeId, null, null);
        Secret trusteePassword = values.find(TRUSTEE_PASSWORD);
        Secret password = trusteePassword == null ? values.find(PASSWORD) : trusteePassword;
        String trustId = values.find(TRUST_ID);
        requireOne("a trust needs its trustee: set trustee-id", TRUSTEE_ID, USER_ID, USERNAME);
        requireOne("a trust needs its trustee's password: set trustee-password", TRUSTEE_PASSWORD, PASSWORD);
        return trustId == null || trustee == null || password == null
                ? null
                : new Credentials.Trust(trustId, trustee, password);
    }

    private @Nullable Credentials password() {
        User user = user();
        Secret password = values.find(PASSWORD);
        Project project = project();
        requireOne("set password, or use an application credential", PASSWORD);
        requireOne("a password needs its user: set username or user-id", USERNAME, USER_ID);
        requireOne("a password needs a project: set tenant-id or tenant-name", TENANT_ID, TENANT_NAME);
        return user == null || password == null || project == null
                ? null
                : new Credentials.Password(user, password, project);
    }

    private @Nullable Credentials token() {
        Secret token = values.find(TOKEN);
        return token == null ? null : new Credentials.Token(token, project());
    }

    private @Nullable Credentials applicationCredential() {
        String id = values.find(APPLICATION_CREDENTIAL_ID);
        String name = values.find(APPLICATION_CREDENTIAL_NAME);
        Secret secret = values.find(APPLICATION_CREDENTIAL_SECRET);
        User user = id == null ? user() : null;
        requireOne("set application-credential-secret", APPLICATION_CREDENTIAL_SECRET);
        requireOne(
                "set application-credential-id, or application-credential-name with its user",
                APPLICATION_CREDENTIAL_ID,
                APPLICATION_CREDENTIAL_NAME);
        if (id == null && name != null) {
            requireOne(
                    "an application credential's name needs its user: set username or user-id, or"
                            + " application-credential-id instead of the name",
                    USERNAME,
                    USER_ID);
        }
        boolean known = id != null || (name != null && user != null);
        return secret == null || !known ? null : new Credentials.ApplicationCredential(id, name, user, secret);
    }

    private @Nullable User user() {
        String id = values.find(USER_ID);
        String name = values.find(USERNAME);
        if (id == null && name == null) {
            return null;
        }
        Domain domain = domain(USER_DOMAIN_ID, USER_DOMAIN_NAME);
        if (id == null && domain == null) {
            findings.problem(
                    GLOBAL,
                    "username",
                    name,
                    "a user's name needs its domain: set user-domain-name, user-domain-id,"
                            + " domain-name or domain-id");
        }
        return new User(id, name, domain);
    }

    private @Nullable Project project() {
        String id = values.find(TENANT_ID);
        String name = values.find(TENANT_NAME);
        if (id == null && name == null) {
            return null;
        }
        Domain domain = domain(TENANT_DOMAIN_ID, TENANT_DOMAIN_NAME);
        if (id == null && domain == null) {
            findings.problem(
                    GLOBAL,
                    "tenant-name",
                    name,
                    "a project's name needs its domain: set tenant-domain-name,"
                            + " tenant-domain-id, domain-name or domain-id");
        }
        return new Project(id, name, domain);
    }

    private @Nullable Domain domain(Option<String> ownId, Option<String> ownName) {
        Domain own = new Domain(values.find(ownId), values.find(ownName));
        Domain common = new Domain(values.find(DOMAIN_ID), values.find(DOMAIN_NAME));
        Domain domain = own.id() != null || own.name() != null ? own : common;
        return domain.id() == null && domain.name() == null ? null : domain;
    }

    private void requireOne(String remedy, Option<?>... options) {
        for (Option<?> option : options) {
            if (values.isGiven(option)) {
                return;
            }
        }
        findings.problem(GLOBAL, options[0].key(), null, remedy);
    }
}
