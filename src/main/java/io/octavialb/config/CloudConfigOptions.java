package io.octavialb.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one table of everything a cloud-config file may say. */
final class CloudConfigOptions {
    static final String GLOBAL = "Global";
    static final String LOAD_BALANCER = "LoadBalancer";
    static final String LOAD_BALANCER_CLASS = "LoadBalancerClass";
    static final String METADATA = "Metadata";
    static final String NETWORKING = "Networking";

    /** Sections of the reference that say nothing to this program. */
    static final List<String> IGNORED_SECTIONS = List.of("Route", "BlockStorage");

    private static final ValueType<Duration> SECONDS = ValueType.duration(Duration.ofSeconds(1));
    private static final ValueType<Integer> RETRIES = ValueType.integer(1, 10);

    // [Global]
    static final Option<String> AUTH_URL = option(
            GLOBAL,
            "auth-url",
            ValueType.httpUrl(),
            null,
            "Keystone's URL, such as https://keystone.example:5000/v3. Required.");
    static final Option<String> REGION =
            text(GLOBAL, "region", "The region whose endpoints are used; unset: the catalog's first.");
    static final Option<EndpointType> OS_ENDPOINT_TYPE = option(
            GLOBAL,
            "os-endpoint-type",
            ValueType.named(Map.of(
                    "public", EndpointType.PUBLIC,
                    "publicURL", EndpointType.PUBLIC,
                    "internal", EndpointType.INTERNAL,
                    "internalURL", EndpointType.INTERNAL,
                    "admin", EndpointType.ADMIN,
                    "adminURL", EndpointType.ADMIN)),
            "public",
            "Which endpoints of the catalog are used.");
    static final Option<String> USER_ID = text(GLOBAL, "user-id", "The user's id; beats `username`.");
    static final Option<String> USERNAME = text(GLOBAL, "username", "The user's name, within the user's domain.");
    static final Option<Secret> PASSWORD = secret("password", "The user's password.");
    static final Option<String> DOMAIN_ID =
            text(GLOBAL, "domain-id", "The domain of both user and project, unless theirs is given.");
    static final Option<String> DOMAIN_NAME = text(GLOBAL, "domain-name", "As `domain-id`, by name.");
    static final Option<String> USER_DOMAIN_ID = text(GLOBAL, "user-domain-id", "The user's domain.");
    static final Option<String> USER_DOMAIN_NAME = text(GLOBAL, "user-domain-name", "As `user-domain-id`, by name.");
    static final Option<String> TENANT_ID = text(GLOBAL, "tenant-id", "The project's id; beats `tenant-name`.");
    static final Option<String> TENANT_NAME =
            text(GLOBAL, "tenant-name", "The project's name, within the project's domain.");
    static final Option<String> TENANT_DOMAIN_ID = text(GLOBAL, "tenant-domain-id", "The project's domain.");
    static final Option<String> TENANT_DOMAIN_NAME =
            text(GLOBAL, "tenant-domain-name", "As `tenant-domain-id`, by name.");
    static final Option<String> TRUST_ID = text(GLOBAL, "trust-id", "Authenticate by this trust, as the trustee.");
    static final Option<String> TRUSTEE_ID =
            text(GLOBAL, "trustee-id", "The trustee's user id; unset: `user-id` or `username`.");
    static final Option<Secret> TRUSTEE_PASSWORD =
            secret("trustee-password", "The trustee's password; unset: `password`.");
    static final Option<String> APPLICATION_CREDENTIAL_ID =
            text(GLOBAL, "application-credential-id", "Authenticate by this application credential.");
    static final Option<String> APPLICATION_CREDENTIAL_NAME = text(
            GLOBAL,
            "application-credential-name",
            "As `application-credential-id`, by name; needs the user it belongs to.");
    static final Option<Secret> APPLICATION_CREDENTIAL_SECRET =
            secret("application-credential-secret", "The application credential's secret.");
    static final Option<Secret> TOKEN = secret("token", "A ready-made token. It can't be renewed: for trials only.");
    static final Option<String> CA_FILE =
            text(GLOBAL, "ca-file", "PEM file of the certificate authorities to trust; unset: the system's.");
    static final Option<String> CERT_FILE =
            text(GLOBAL, "cert-file", "PEM file of the client certificate; needs `key-file`.");
    static final Option<String> KEY_FILE =
            text(GLOBAL, "key-file", "PEM file of the client certificate's key; needs `cert-file`.");
    static final Option<Boolean> TLS_INSECURE = option(
            GLOBAL, "tls-insecure", ValueType.gitBool(), "false", "Accept any server certificate. Not for production.");
    static final Option<Boolean> USE_CLOUDS = option(
            GLOBAL, "use-clouds", ValueType.gitBool(), "false", "Take what this section leaves out from clouds.yaml.");
    static final Option<String> CLOUDS_FILE =
            text(GLOBAL, "clouds-file", "Path of clouds.yaml; unset: the usual places of OpenStack clients.");
    static final Option<String> CLOUD = text(GLOBAL, "cloud", "The entry of clouds.yaml; unset: its only one.");

    // [LoadBalancer]
    static final Option<Boolean> ENABLED = bool(
            "enabled",
            true,
            "For the cloud-controller-manager, where `false` switches its own service controller off. octavia-lb runs"
                    + " all the same, with a warning in its log: both can be given the same file.");
    static final Option<String> LB_VERSION =
            option(LOAD_BALANCER, "lb-version", ValueType.named(Map.of("v2", "v2")), "v2", "The load-balancing API.");
    static final Option<String> USE_OCTAVIA =
            text(LOAD_BALANCER, "use-octavia", "Accepted and ignored, for older files: Octavia is always used.");
    static final Option<String> LB_PROVIDER = option(
            LOAD_BALANCER,
            "lb-provider",
            ValueType.text(),
            "amphora",
            "Octavia's provider driver. Known: amphora, octavia, ovn, f5, amphorav2; any other gives a warning.");
    static final Option<LbMethod> LB_METHOD = option(
            LOAD_BALANCER,
            "lb-method",
            ValueType.upperCase(LbMethod.class),
            "ROUND_ROBIN",
            "How a pool spreads connections. The ovn provider only knows SOURCE_IP_PORT, which is then the default.");
    static final Option<String> SUBNET_ID = text(LOAD_BALANCER, "subnet-id", "The VIP's subnet.");
    static final Option<String> MEMBER_SUBNET_ID =
            text(LOAD_BALANCER, "member-subnet-id", "The members' subnet; unset: `subnet-id`, else the VIP's subnet.");
    static final Option<String> NETWORK_ID = text(LOAD_BALANCER, "network-id", "The VIP's network.");
    static final Option<String> FLOATING_NETWORK_ID = text(
            LOAD_BALANCER,
            "floating-network-id",
            "The network of floating IPs; unset: the first external network that Neutron lists.");
    static final Option<String> FLOATING_SUBNET_ID = text(
            LOAD_BALANCER,
            "floating-subnet-id",
            "The subnet of floating IPs; beats `floating-subnet` and `floating-subnet-tags`.");
    static final Option<String> FLOATING_SUBNET = option(
            LOAD_BALANCER,
            "floating-subnet",
            ValueType.subnetName(),
            null,
            "Subnets of floating IPs by name: a name, a glob, or a regular expression after `~`; a leading `!` negates.");
    static final Option<String> FLOATING_SUBNET_TAGS = text(
            LOAD_BALANCER,
            "floating-subnet-tags",
            "Subnets of floating IPs by tags: `a,b` any of them, `&a,b` all of them; a leading `!` negates.");
    static final Option<Boolean> CREATE_MONITOR = bool("create-monitor", false, "Give every pool a health monitor.");
    static final Option<Duration> MONITOR_DELAY = option(
            LOAD_BALANCER,
            "monitor-delay",
            SECONDS,
            "5s",
            "Time between two health checks; whole seconds, a fraction is cut off.");
    static final Option<Duration> MONITOR_TIMEOUT = option(
            LOAD_BALANCER,
            "monitor-timeout",
            SECONDS,
            "3s",
            "Time after which a health check has failed; whole seconds, a fraction is cut off.");
    static final Option<Integer> MONITOR_MAX_RETRIES = option(
            LOAD_BALANCER, "monitor-max-retries", RETRIES, "1", "Successful checks after which a member is ONLINE.");
    static final Option<Integer> MONITOR_MAX_RETRIES_DOWN = option(
            LOAD_BALANCER, "monitor-max-retries-down", RETRIES, "3", "Failed checks after which a member is in ERROR.");
    static final Option<Boolean> MANAGE_SECURITY_GROUPS = bool(
            "manage-security-groups",
            false,
            "Open the node ports to the load balancers by a security group per Service.");
    static final Option<Boolean> INTERNAL_LB =
            bool("internal-lb", false, "Never create a floating IP, whatever a Service asks for.");
    static final Option<NodeSelector> NODE_SELECTOR = option(
            LOAD_BALANCER,
            "node-selector",
            ValueType.nodeSelector(),
            null,
            "Nodes that become members, `label=value,label2`; a label alone asks that it exists.");
    static final Option<String> FLAVOR_ID = text(LOAD_BALANCER, "flavor-id", "Octavia's flavor of new load balancers.");
    static final Option<String> AVAILABILITY_ZONE =
            text(LOAD_BALANCER, "availability-zone", "Octavia's availability zone of new load balancers.");
    static final Option<Boolean> CASCADE_DELETE =
            bool("cascade-delete", true, "Delete a load balancer with all its children by one call.");
    static final Option<Boolean> ENABLE_INGRESS_HOSTNAME = bool(
            "enable-ingress-hostname",
            false,
            "With the PROXY protocol publish a host name made from the address instead of the address.");
    static final Option<String> INGRESS_HOSTNAME_SUFFIX = option(
            LOAD_BALANCER,
            "ingress-hostname-suffix",
            ValueType.text(),
            "nip.io",
            "What follows the address in that host name.");
    static final Option<Integer> MAX_SHARED_LB = option(
            LOAD_BALANCER,
            "max-shared-lb",
            ValueType.integer(1, Integer.MAX_VALUE),
            "2",
            "Services that may share one load balancer.");
    static final Option<ContainerStore> CONTAINER_STORE = option(
            LOAD_BALANCER,
            "container-store",
            ValueType.named(Map.of("barbican", ContainerStore.BARBICAN, "external", ContainerStore.EXTERNAL)),
            "barbican",
            "Where TLS containers are kept; barbican references are checked to exist.");
    static final Option<String> DEFAULT_TLS_CONTAINER_REF = text(
            LOAD_BALANCER, "default-tls-container-ref", "TLS container of every listener: they then terminate HTTPS.");
    static final Option<Boolean> PROVIDER_REQUIRES_SERIAL_API_CALLS = bool(
            "provider-requires-serial-api-calls",
            false,
            "One call per child and member, for providers without bulk calls.");

    // [LoadBalancerClass "name"]
    static final Option<String> CLASS_FLOATING_NETWORK_ID = inClass("floating-network-id", ValueType.text());
    static final Option<String> CLASS_FLOATING_SUBNET_ID = inClass("floating-subnet-id", ValueType.text());
    static final Option<String> CLASS_FLOATING_SUBNET = inClass("floating-subnet", ValueType.subnetName());
    static final Option<String> CLASS_FLOATING_SUBNET_TAGS = inClass("floating-subnet-tags", ValueType.text());
    static final Option<String> CLASS_NETWORK_ID = inClass("network-id", ValueType.text());
    static final Option<String> CLASS_SUBNET_ID = inClass("subnet-id", ValueType.text());
    static final Option<String> CLASS_MEMBER_SUBNET_ID = inClass("member-subnet-id", ValueType.text());

    // [Metadata]
    static final Option<Duration> REQUEST_TIMEOUT = option(
            METADATA,
            "request-timeout",
            ValueType.duration(Duration.ZERO),
            "60s",
            "Bounds every HTTP call to OpenStack; 0 is 60s.");
    static final Option<String> SEARCH_ORDER =
            text(METADATA, "search-order", "Accepted and ignored: where node controllers look for instance metadata.");

    // [Networking]
    static final Option<Boolean> IPV6_SUPPORT_DISABLED = option(
            NETWORKING,
            "ipv6-support-disabled",
            ValueType.gitBool(),
            "false",
            "For the node controllers, accepted and ignored: leave IPv6 ones out.");
    static final Option<String> PUBLIC_NETWORK_NAME = text(
            NETWORKING,
            "public-network-name",
            "For the node controllers, accepted and ignored: networks whose addresses are external. May be repeated.");
    static final Option<String> INTERNAL_NETWORK_NAME = text(
            NETWORKING,
            "internal-network-name",
            "For the node controllers, accepted and ignored: networks whose addresses are internal. May be repeated.");
    static final Option<List<String>> ADDRESS_SORT_ORDER = option(
            NETWORKING,
            "address-sort-order",
            ValueType.list(),
            null,
            "For the node controllers, accepted and ignored: networks in order of preference.");

    /** Every option, in the order of the reference page. */
    static final List<Option<?>> ALL = List.of(
            AUTH_URL,
            REGION,
            OS_ENDPOINT_TYPE,
            USER_ID,
            USERNAME,
            PASSWORD,
            DOMAIN_ID,
            DOMAIN_NAME,
            USER_DOMAIN_ID,
            USER_DOMAIN_NAME,
            TENANT_ID,
            TENANT_NAME,
            TENANT_DOMAIN_ID,
            TENANT_DOMAIN_NAME,
            TRUST_ID,
            TRUSTEE_ID,
            TRUSTEE_PASSWORD,
            APPLICATION_CREDENTIAL_ID,
            APPLICATION_CREDENTIAL_NAME,
            APPLICATION_CREDENTIAL_SECRET,
            TOKEN,
            CA_FILE,
            CERT_FILE,
            KEY_FILE,
            TLS_INSECURE,
            USE_CLOUDS,
            CLOUDS_FILE,
            CLOUD,
            ENABLED,
            LB_VERSION,
            USE_OCTAVIA,
            LB_PROVIDER,
            LB_METHOD,
            SUBNET_ID,
            MEMBER_SUBNET_ID,
            NETWORK_ID,
            FLOATING_NETWORK_ID,
            FLOATING_SUBNET_ID,
            FLOATING_SUBNET,
            FLOATING_SUBNET_TAGS,
            CREATE_MONITOR,
            MONITOR_DELAY,
            MONITOR_TIMEOUT,
            MONITOR_MAX_RETRIES,
            MONITOR_MAX_RETRIES_DOWN,
            MANAGE_SECURITY_GROUPS,
            INTERNAL_LB,
            NODE_SELECTOR,
            FLAVOR_ID,
            AVAILABILITY_ZONE,
            CASCADE_DELETE,
            ENABLE_INGRESS_HOSTNAME,
            INGRESS_HOSTNAME_SUFFIX,
            MAX_SHARED_LB,
            CONTAINER_STORE,
            DEFAULT_TLS_CONTAINER_REF,
            PROVIDER_REQUIRES_SERIAL_API_CALLS,
            CLASS_FLOATING_NETWORK_ID,
            CLASS_FLOATING_SUBNET_ID,
            CLASS_FLOATING_SUBNET,
            CLASS_FLOATING_SUBNET_TAGS,
            CLASS_NETWORK_ID,
            CLASS_SUBNET_ID,
            CLASS_MEMBER_SUBNET_ID,
            REQUEST_TIMEOUT,
            SEARCH_ORDER,
            IPV6_SUPPORT_DISABLED,
            PUBLIC_NETWORK_NAME,
            INTERNAL_NETWORK_NAME,
            ADDRESS_SORT_ORDER);

    private CloudConfigOptions() {}

    private static <T> Option<T> option(
            String section, String key, ValueType<T> type, @Nullable String defaultText, String doc) {
        return new Option<>(section, key, type, defaultText, doc);
    }

    private static Option<String> text(String section, String key, String doc) {
        return option(section, key, ValueType.text(), null, doc);
    }

    private static Option<Secret> secret(String key, String doc) {
        return option(GLOBAL, key, ValueType.secretText(), null, doc);
    }

    private static Option<Boolean> bool(String key, boolean defaultValue, String doc) {
        return option(LOAD_BALANCER, key, ValueType.gitBool(), Boolean.toString(defaultValue), doc);
    }

    private static Option<String> inClass(String key, ValueType<String> type) {
        return option(LOAD_BALANCER_CLASS, key, type, null, "As in `[LoadBalancer]`, for the Services of this class.");
    }
}
