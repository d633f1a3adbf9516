package io.octavialb.config;

import static io.octavialb.config.CloudConfigOptions.*;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * One entry of a clouds.yaml, said in the options of {@code [Global]}
 * (<a href="https://docs.openstack.org/os-client-config/latest/user/configuration.html">format</a>). Keys that mean
 * nothing here are left alone: the file is shared with other programs.
 *
 * @param authType {@code auth_type}, if given
 */
record CloudsYaml(OptionValues values, @Nullable String authType) {
    private static final Map<String, Option<?>> AUTH_KEYS = Map.ofEntries(
            Map.entry("auth_url", AUTH_URL),
            Map.entry("user_id", USER_ID),
            Map.entry("username", USERNAME),
            Map.entry("password", PASSWORD),
            Map.entry("project_id", TENANT_ID),
            Map.entry("project_name", TENANT_NAME),
            Map.entry("domain_id", DOMAIN_ID),
            Map.entry("domain_name", DOMAIN_NAME),
            Map.entry("user_domain_id", USER_DOMAIN_ID),
            Map.entry("user_domain_name", USER_DOMAIN_NAME),
            Map.entry("project_domain_id", TENANT_DOMAIN_ID),
            Map.entry("project_domain_name", TENANT_DOMAIN_NAME),
            Map.entry("application_credential_id", APPLICATION_CREDENTIAL_ID),
            Map.entry("application_credential_name", APPLICATION_CREDENTIAL_NAME),
            Map.entry("application_credential_secret", APPLICATION_CREDENTIAL_SECRET),
            Map.entry("token", TOKEN),
            Map.entry("trust_id", TRUST_ID));
    private static final Map<String, Option<?>> CLOUD_KEYS = Map.of(
            "region_name", REGION,
            "interface", OS_ENDPOINT_TYPE,
            "endpoint_type", OS_ENDPOINT_TYPE,
            "cacert", CA_FILE,
            "cert", CERT_FILE,
            "key", KEY_FILE);

    /** Null when the text has no such entry, which is then a problem. */
    static @Nullable CloudsYaml read(String text, @Nullable String cloudName, Findings findings) {
        Map<String, Object> clouds;
        try {
            clouds = map(map(yaml().load(text)).get("clouds"));
        } catch (MarkedYAMLException e) {
            // The library's message shows the lines around, which may hold a password.
            findings.problem(
                    null,
                    null,
                    null,
                    "line "
                            + (e.getProblemMark() == null
                                    ? 1
                                    : e.getProblemMark().getLine() + 1) + " is not YAML");
            return null;
        } catch (YAMLException | ClassCastException _) {
            findings.problem(null, null, null, "is not YAML");
            return null;
        }
        String name = cloudName == null && clouds.size() == 1
                ? clouds.keySet().iterator().next()
                : cloudName;
        if (name == null || !clouds.containsKey(name)) {
            String known = String.join(", ", new TreeSet<>(clouds.keySet()));
            String what = name == null ? "name the entry to use by [Global] cloud" : "has no entry " + name;
            findings.problem("clouds", null, null, what + "; entries: " + (known.isEmpty() ? "none" : known));
            return null;
        }
        return readCloud("clouds." + name, map(clouds.get(name)), findings);
    }

    private static CloudsYaml readCloud(String section, Map<String, Object> cloud, Findings findings) {
        OptionValues values = new OptionValues();
        Map<String, Object> auth = map(cloud.get("auth"));
        AUTH_KEYS.forEach((key, option) -> put(values, option, auth.get(key), findings, section, "auth." + key));
        CLOUD_KEYS.forEach((key, option) -> put(values, option, cloud.get(key), findings, section, key));
        String verify = scalar(cloud.get("verify"));
        if (verify != null && !verify.isEmpty()) {
            ValueType.gitBool()
                    .parse(verify)
                    .ifPresentOrElse(
                            verified ->
                                    values.put(TLS_INSECURE, Boolean.toString(!verified), findings, section, "verify"),
                            () -> findings.problem(section, "verify", verify, "allowed is true or false"));
        }
        return new CloudsYaml(values, scalar(cloud.get("auth_type")));
    }

    private static void put(
            OptionValues values,
            Option<?> option,
            @Nullable Object given,
            Findings findings,
            String section,
            String key) {
        if (given == null) {
            return;
        }
        String text = scalar(given);
        if (text == null) {
            findings.problem(section, key, null, "must be a single text");
        } else if (!text.equals("null") && !text.equals("~")) {
            values.put(option, text, findings, section, key);
        }
    }

    private static @Nullable String scalar(@Nullable Object node) {
        return node instanceof String text ? text : null;
    }

    private static Map<String, Object> map(@Nullable Object node) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (node instanceof Map<?, ?> given) {
            given.forEach((key, value) -> entries.put(Objects.toString(key), Objects.requireNonNullElse(value, "")));
        }
        return entries;
    }

    /** Leaves every scalar the text it is: an id of digits must not become a number. Merge keys still merge. */
    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        DumperOptions unused = new DumperOptions();
        Resolver textsOnly = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
            }
        };
        return new Yaml(new TextsOnly(options), new Representer(unused), unused, options, textsOnly);
    }

    /** Reads a scalar as text even where a tag such as {@code !!int} says otherwise. */
    private static final class TextsOnly extends SafeConstructor {
        TextsOnly(LoaderOptions options) {
            super(options);
            Stream.of(Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.BINARY, Tag.TIMESTAMP)
                    .forEach(tag -> yamlConstructors.put(tag, yamlConstructors.get(Tag.STR)));
        }
    }
}
