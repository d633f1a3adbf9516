package io.octavialb.config;

import static io.octavialb.config.CloudConfigOptions.*;

import io.octavialb.config.CloudConfig.Global;
import io.octavialb.config.CloudConfig.LoadBalancer;
import io.octavialb.config.CloudConfig.LoadBalancerClass;
import io.octavialb.config.CloudConfig.Metadata;
import io.octavialb.config.CloudConfig.Networking;
import io.octavialb.config.CloudsYamlSource.CloudsYamlText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the text of one cloud-config file to settings, or to everything that is wrong with it. */
final class CloudConfigParser {
    private static final Set<String> KNOWN_PROVIDERS = Set.of("amphora", "octavia", "ovn", "f5", "amphorav2");
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /** Two ways to name one thing: given in the cloud-config, it beats both ways of clouds.yaml. */
    private static final List<Set<Option<?>>> SAME_THING = List.of(
            Set.of(TENANT_ID, TENANT_NAME),
            Set.of(USER_ID, USERNAME),
            Set.of(DOMAIN_ID, DOMAIN_NAME),
            Set.of(USER_DOMAIN_ID, USER_DOMAIN_NAME),
            Set.of(TENANT_DOMAIN_ID, TENANT_DOMAIN_NAME),
            Set.of(APPLICATION_CREDENTIAL_ID, APPLICATION_CREDENTIAL_NAME));

    private final Findings findings;
    private final CloudsYamlSource cloudsYaml;
    private final OptionValues explicit = new OptionValues();
    private final OptionValues values = new OptionValues();
    private final Map<String, OptionValues> classes = new LinkedHashMap<>();

    CloudConfigParser(String file, CloudsYamlSource cloudsYaml) {
        this.findings = Findings.in(file);
        this.cloudsYaml = cloudsYaml;
    }

    CloudConfigResult parse(String text) {
        GitConfigText.read(text, findings).forEach(this::take);
        ALL.forEach(option -> values.putMissing(explicit, option));
        boolean useClouds = explicit.get(USE_CLOUDS);
        CloudsYaml clouds = useClouds ? readClouds() : null;
        if (clouds != null) {
            ALL.stream()
                    .filter(option -> SAME_THING.stream()
                            .noneMatch(same ->
                                    same.contains(option) && same.stream().anyMatch(explicit::isGiven)))
                    .forEach(option -> values.putMissing(clouds.values(), option));
        }
        Global global = useClouds && clouds == null ? null : global(clouds == null ? null : clouds.authType());
        LoadBalancer loadBalancer = loadBalancer();
        Map<String, LoadBalancerClass> readClasses = new LinkedHashMap<>();
        classes.forEach((name, given) -> readClasses.put(name, loadBalancerClass(name, given)));
        if (global == null || !findings.problems().isEmpty()) {
            return new CloudConfigResult.Invalid(findings.problems(), findings.warnings());
        }
        CloudConfig config = new CloudConfig(global, loadBalancer, readClasses, metadata(), networking());
        return new CloudConfigResult.Valid(config, findings.warnings());
    }

    private void take(GitConfigText.Section section) {
        Optional<String> known =
                knownSections().filter(section.name()::equalsIgnoreCase).findFirst();
        boolean isClass = known.filter(LOAD_BALANCER_CLASS::equals).isPresent();
        if (known.isEmpty() || (section.subsection() != null && !isClass && !IGNORED_SECTIONS.contains(known.get()))) {
            findings.warning(
                    section.label(),
                    null,
                    null,
                    "unknown section, ignored; "
                            + NearestKey.hint(section.name(), knownSections().toList()));
        } else if (isClass
                && (section.subsection() == null || section.subsection().isEmpty())) {
            findings.problem(section.label(), null, null, "needs a name: write [LoadBalancerClass \"name\"]");
        } else if (!IGNORED_SECTIONS.contains(known.get())) {
            OptionValues target = section.subsection() == null
                    ? explicit
                    : classes.computeIfAbsent(section.subsection(), _ -> new OptionValues());
            section.entries().forEach(entry -> take(entry, known.get(), section.label(), target));
        }
    }

    private static Stream<String> knownSections() {
        return Stream.concat(ALL.stream().map(Option::section).distinct(), IGNORED_SECTIONS.stream());
    }

    private void take(GitConfigText.Entry entry, String section, String label, OptionValues target) {
        Optional<Option<?>> option = ALL.stream()
                .filter(o -> o.section().equals(section) && o.key().equalsIgnoreCase(entry.key()))
                .findFirst();
        String value = entry.value();
        if (option.isEmpty()) {
            findings.warning(label, entry.key(), null, "unknown key, ignored; " + hint(entry.key(), section));
        } else if (value != null) {
            target.put(option.get(), value, findings, label, option.get().key());
        } else if (option.get()
                .type()
                .parse("true")
                .filter(Boolean.class::isInstance)
                .isPresent()) {
            target.put(option.get(), "true", findings, label, option.get().key());
        } else {
            findings.problem(label, option.get().key(), null, "has no value: write key = value");
        }
    }

    private static String hint(String key, String section) {
        return ALL.stream()
                .filter(option -> option.key().equalsIgnoreCase(key))
                .findFirst()
                .map(option -> "it belongs in [" + option.section() + "]")
                .orElseGet(() -> NearestKey.hint(
                        key,
                        ALL.stream()
                                .filter(option -> option.section().equals(section))
                                .map(Option::key)
                                .toList()));
    }

    private @Nullable CloudsYaml readClouds() {
        return switch (cloudsYaml.read(explicit.find(CLOUDS_FILE))) {
            case CloudsYamlText.Found(String path, String text) ->
                CloudsYaml.read(text, explicit.find(CLOUD), findings.inFile(path));
            case CloudsYamlText.Missing(String path, String remedy) -> {
                findings.inFile(path).problem(null, null, null, remedy);
                yield null;
            }
        };
    }

    private @Nullable Global global(@Nullable String authType) {
        String authUrl = values.find(AUTH_URL);
        if (!values.isGiven(AUTH_URL)) {
            findings.problem(
                    GLOBAL,
                    AUTH_URL.key(),
                    null,
                    "is required: Keystone's URL, such as https://keystone.example:5000/v3");
        }
        if (values.isGiven(CERT_FILE) != values.isGiven(KEY_FILE)) {
            Option<String> given = values.isGiven(CERT_FILE) ? CERT_FILE : KEY_FILE;
            findings.problem(
                    GLOBAL, given.key(), values.find(given), "a client certificate needs both cert-file and key-file");
        }
        Credentials credentials = CredentialsReader.read(explicit, values, authType, findings);
        if (authUrl == null || credentials == null) {
            return null;
        }
        return new Global(
                authUrl,
                values.find(REGION),
                values.get(OS_ENDPOINT_TYPE),
                credentials,
                values.find(CA_FILE),
                values.find(CERT_FILE),
                values.find(KEY_FILE),
                values.get(TLS_INSECURE));
    }

    private LoadBalancer loadBalancer() {
        String provider = values.get(LB_PROVIDER);
        if (!KNOWN_PROVIDERS.contains(provider)) {
            findings.warning(
                    LOAD_BALANCER, LB_PROVIDER.key(), provider, "not a provider this program knows; Octavia will tell");
        }
        boolean onlySourceIpPort = provider.equals("ovn") && !explicit.isGiven(LB_METHOD);
        LbMethod method = onlySourceIpPort ? LbMethod.SOURCE_IP_PORT : values.get(LB_METHOD);
        if (provider.equals("ovn") && method != LbMethod.SOURCE_IP_PORT) {
            findings.warning(
                    LOAD_BALANCER, LB_METHOD.key(), method.name(), "the ovn provider only knows SOURCE_IP_PORT");
        }
        return new LoadBalancer(
                values.get(ENABLED),
                provider,
                method,
                values.find(SUBNET_ID),
                values.find(MEMBER_SUBNET_ID),
                values.find(NETWORK_ID),
                values.find(FLOATING_NETWORK_ID),
                FloatingSubnet.of(
                        values.find(FLOATING_SUBNET_ID),
                        values.find(FLOATING_SUBNET),
                        values.find(FLOATING_SUBNET_TAGS)),
                values.get(CREATE_MONITOR),
                values.get(MONITOR_DELAY),
                values.get(MONITOR_TIMEOUT),
                values.get(MONITOR_MAX_RETRIES),
                values.get(MONITOR_MAX_RETRIES_DOWN),
                values.get(MANAGE_SECURITY_GROUPS),
                values.get(INTERNAL_LB),
                Optional.ofNullable(values.find(NODE_SELECTOR)).orElse(NodeSelector.EVERY_NODE),
                values.find(FLAVOR_ID),
                values.find(AVAILABILITY_ZONE),
                values.get(CASCADE_DELETE),
                values.get(ENABLE_INGRESS_HOSTNAME),
                values.get(INGRESS_HOSTNAME_SUFFIX),
                values.get(MAX_SHARED_LB),
                values.get(CONTAINER_STORE),
                values.find(DEFAULT_TLS_CONTAINER_REF),
                values.get(PROVIDER_REQUIRES_SERIAL_API_CALLS));
    }

    private LoadBalancerClass loadBalancerClass(String name, OptionValues given) {
        if (Stream.of(CLASS_FLOATING_SUBNET_ID, CLASS_FLOATING_SUBNET, CLASS_FLOATING_SUBNET_TAGS)
                .noneMatch(given::isGiven)) {
            findings.warning(
                    LOAD_BALANCER_CLASS + " \"" + name + "\"",
                    null,
                    null,
                    "set one of floating-subnet-id, floating-subnet and floating-subnet-tags; without it, floating IPs"
                            + " come from what annotations or [LoadBalancer] say");
        }
        return new LoadBalancerClass(
                given.find(CLASS_FLOATING_NETWORK_ID),
                FloatingSubnet.of(
                        given.find(CLASS_FLOATING_SUBNET_ID),
                        given.find(CLASS_FLOATING_SUBNET),
                        given.find(CLASS_FLOATING_SUBNET_TAGS)),
                given.find(CLASS_NETWORK_ID),
                given.find(CLASS_SUBNET_ID),
                given.find(CLASS_MEMBER_SUBNET_ID));
    }

    private Metadata metadata() {
        Duration timeout = values.get(REQUEST_TIMEOUT);
        return new Metadata(timeout.isZero() ? DEFAULT_REQUEST_TIMEOUT : timeout);
    }

    private Networking networking() {
        return new Networking(
                values.get(IPV6_SUPPORT_DISABLED),
                values.all(PUBLIC_NETWORK_NAME),
                values.all(INTERNAL_NETWORK_NAME),
                Optional.ofNullable(values.find(ADDRESS_SORT_ORDER)).orElse(List.of()));
    }
}
