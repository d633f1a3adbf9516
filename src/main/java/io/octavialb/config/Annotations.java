package io.octavialb.config;

import io.octavialb.config.Annotation.OnBadValue;
import io.octavialb.config.Annotation.OnEmpty;
import io.octavialb.model.OctaviaVersion;
import java.util.List;
import java.util.Map;

/** The one table of the annotations that a Service may carry. */
final class Annotations {
    static final String PREFIX = "loadbalancer.openstack.org/";
    private static final String SERVICE_PREFIX = "service.beta.kubernetes.io/";
    private static final String CONFIG = "cloud-config";
    private static final int LONGEST_TIMEOUT_MILLIS = 2_073_600_000;
    private static final ValueType<Integer> TIMEOUT_MILLIS = ValueType.integer(0, LONGEST_TIMEOUT_MILLIS);
    private static final ValueType<Integer> SECONDS = ValueType.integer(1, Integer.MAX_VALUE);
    private static final ValueType<Integer> RETRIES = ValueType.integer(1, 10);

    static final Annotation<Boolean> INTERNAL = value(
            SERVICE_PREFIX + "openstack-internal-load-balancer",
            ValueType.strictBool(),
            "false",
            "No floating IP: the load balancer has its VIP only. `internal-lb` of the cloud-config forces it.");
    static final Annotation<List<Cidr>> SOURCE_RANGES = text(
                    SERVICE_PREFIX + "load-balancer-source-ranges",
                    ValueType.cidrs(),
                    "everything",
                    "Who may connect. Read only if `spec.loadBalancerSourceRanges` is empty. Host bits are cleared:"
                            + " `10.1.2.3/8` is `10.0.0.0/8`.")
            .keeping()
            .forEachPort()
            .since(OctaviaVersion.VIP_ACL);

    static final Annotation<String> CLASS = text(
                    PREFIX + "class",
                    ValueType.text(),
                    "none",
                    "Takes networks and subnets from `[LoadBalancerClass \"x\"]` of the cloud-config. Floating network and"
                            + " subnets of the class beat the annotations. An unknown class is an error.")
            .keeping();
    static final Annotation<String> FLOATING_NETWORK_ID = text(
                    PREFIX + "floating-network-id",
                    ValueType.text(),
                    CONFIG,
                    "The network of the floating IP. Class beats annotation beats cloud-config; else the first external"
                            + " network that Neutron lists. Read when a floating IP is created.")
            .clearedByEmpty()
            .createOnly();
    static final Annotation<String> FLOATING_SUBNET_ID = text(
                    PREFIX + "floating-subnet-id",
                    ValueType.text(),
                    CONFIG,
                    "The subnet of the floating IP; beats `floating-subnet` and `floating-subnet-tags`. Read when a"
                            + " floating IP is created.")
            .createOnly();
    static final Annotation<String> FLOATING_SUBNET = text(
                    PREFIX + "floating-subnet",
                    ValueType.subnetName(),
                    CONFIG,
                    "Subnets of the floating IP by name: a name, a glob, or a regular expression after `~`; a leading `!`"
                            + " negates. Read when a floating IP is created.")
            .keeping()
            .createOnly();
    static final Annotation<String> FLOATING_SUBNET_TAGS = text(
                    PREFIX + "floating-subnet-tags",
                    ValueType.text(),
                    CONFIG,
                    "Subnets of the floating IP by tags: `a,b` any of them, `&a,b` all of them; a leading `!` negates. Read"
                            + " when a floating IP is created.")
            .createOnly();
    static final Annotation<Boolean> KEEP_FLOATINGIP = value(
                    PREFIX + "keep-floatingip",
                    ValueType.strictBool(),
                    "false",
                    "Keep the floating IP when the Service is deleted or becomes internal. A wrong value keeps it too: an address"
                            + " that is given back does not return.")
            .sparing();
    static final Annotation<String> PORT_ID = text(
                    PREFIX + "port-id",
                    ValueType.text(),
                    "none",
                    "A Neutron port to use as the VIP; subnet and network are then not sent.")
            .createOnly();
    static final Annotation<String> SUBNET_ID = text(
                    PREFIX + "subnet-id",
                    ValueType.text(),
                    CONFIG,
                    "The VIP's subnet. Annotation beats class beats cloud-config; for an external Service the class comes"
                            + " first.")
            .createOnly();
    static final Annotation<String> ADDITIONAL_SUBNET_ID = text(
                    PREFIX + "additional-subnet-id",
                    ValueType.text(),
                    "the network's only subnet of that family",
                    "The subnet of the VIP's second address, for a Service with two `ipFamilies`; of the network of the"
                            + " first one.")
            .createOnly()
            .since(OctaviaVersion.ADDITIONAL_VIPS);
    static final Annotation<String> NETWORK_ID = text(
                    PREFIX + "network-id",
                    ValueType.text(),
                    CONFIG,
                    "The VIP's network, with the precedence of `subnet-id`.")
            .createOnly();
    static final Annotation<String> MEMBER_SUBNET_ID = text(
            PREFIX + "member-subnet-id",
            ValueType.text(),
            CONFIG,
            "The members' subnet. Annotation beats class beats cloud-config; else `subnet-id` of the cloud-config; else"
                    + " the VIP's subnet.");
    static final Annotation<MemberTarget> MEMBER_TARGET = text(
                    PREFIX + "member-target",
                    ValueType.named(Map.of("node", MemberTarget.NODE, "pod", MemberTarget.POD)),
                    "node",
                    "`pod` makes the pods themselves members, for pod networks that the load balancer can reach: no hop"
                            + " through a node, no node ports needed. A pod that ends gets weight 0 until it is gone.")
            .refusing();
    static final Annotation<NodeSelector> NODE_SELECTOR = text(
                    PREFIX + "node-selector",
                    ValueType.nodeSelector(),
                    CONFIG,
                    "Nodes that become members, `label=value,label2`; all must match, a label alone asks that it exists.")
            .refusing()
            .clearedByEmpty();

    static final Annotation<LbMethod> LB_METHOD = text(
                    PREFIX + "lb-method",
                    ValueType.upperCase(LbMethod.class),
                    CONFIG,
                    "How pools spread connections. The ovn provider only knows SOURCE_IP_PORT.")
            .keeping()
            .forEachPort();
    static final Annotation<Integer> CONNECTION_LIMIT = value(
                    PREFIX + "connection-limit",
                    ValueType.integer(-1, Integer.MAX_VALUE),
                    "-1",
                    "Connections per listener; -1 is unlimited.")
            .forEachPort();
    static final Annotation<ProxyProtocol> PROXY_PROTOCOL = value(
                    PREFIX + "proxy-protocol",
                    ValueType.named(Map.of(
                            "true", ProxyProtocol.PROXY,
                            "v1", ProxyProtocol.PROXY,
                            "v2", ProxyProtocol.PROXYV2,
                            "false", ProxyProtocol.NONE)),
                    "false",
                    "Members get the client's address by the PROXY protocol: `true` or `v1`, or `v2` (Octavia API v2.22)."
                            + " UDP and SCTP ports have no place for it and go without.")
            .keeping()
            .forEachPort()
            .notWithOvn()
            .indispensable()
            .excluding(PREFIX + "x-forwarded-for", PREFIX + "x-forwarded-port", PREFIX + "x-forwarded-proto");
    static final Annotation<Boolean> X_FORWARDED_FOR = forwarded(
            "x-forwarded-for",
            "Listeners and pools speak HTTP (TERMINATED_HTTPS with TLS) and insert the X-Forwarded-For header.");
    static final Annotation<Boolean> X_FORWARDED_PORT = forwarded(
            "x-forwarded-port", "As `x-forwarded-for`, with the X-Forwarded-Port header: the listener's port.");
    static final Annotation<Boolean> X_FORWARDED_PROTO =
            forwarded("x-forwarded-proto", "As `x-forwarded-for`, with the X-Forwarded-Proto header: http or https.");
    static final Annotation<String> DEFAULT_TLS_CONTAINER_REF = text(
                    PREFIX + "default-tls-container-ref",
                    ValueType.text(),
                    CONFIG,
                    "TLS container of every listener: they then terminate HTTPS and pools speak HTTP. With the container"
                            + " store barbican it ends in `containers/<id>` or `secrets/<id>`.")
            .clearedByEmpty()
            .forEachPort()
            .notWithOvn()
            .indispensable();
    static final Annotation<Integer> TIMEOUT_CLIENT_DATA =
            timeout("timeout-client-data", "50000", "Milliseconds of client inactivity.");
    static final Annotation<Integer> TIMEOUT_MEMBER_CONNECT =
            timeout("timeout-member-connect", "5000", "Milliseconds to connect to a member.");
    static final Annotation<Integer> TIMEOUT_MEMBER_DATA =
            timeout("timeout-member-data", "50000", "Milliseconds of member inactivity.");
    static final Annotation<Integer> TIMEOUT_TCP_INSPECT =
            timeout("timeout-tcp-inspect", "0", "Milliseconds to wait for content to inspect.");
    static final Annotation<String> FLAVOR_ID = text(
                    PREFIX + "flavor-id", ValueType.text(), CONFIG, "Octavia's flavor of the load balancer.")
            .clearedByEmpty()
            .createOnly()
            .since(OctaviaVersion.FLAVORS)
            .notWithOvn();
    static final Annotation<String> AVAILABILITY_ZONE = text(
                    PREFIX + "availability-zone",
                    ValueType.text(),
                    CONFIG,
                    "Octavia's availability zone of the load balancer.")
            .clearedByEmpty()
            .createOnly()
            .since(OctaviaVersion.AVAILABILITY_ZONES)
            .notWithOvn();

    static final Annotation<Boolean> ENABLE_HEALTH_MONITOR = value(
                    PREFIX + "enable-health-monitor",
                    ValueType.strictBool(),
                    CONFIG + " `create-monitor`",
                    "Give every pool a health monitor. A Service with externalTrafficPolicy Local whose load balancer"
                            + " the controller made gets one unless this is `false`.")
            .forEachPort();
    static final Annotation<Integer> HEALTH_MONITOR_DELAY = value(
                    PREFIX + "health-monitor-delay",
                    SECONDS,
                    CONFIG + " `monitor-delay`",
                    "Seconds between two health checks; at least 3 for UDP-CONNECT.")
            .forEachPort();
    static final Annotation<Integer> HEALTH_MONITOR_TIMEOUT = value(
                    PREFIX + "health-monitor-timeout",
                    SECONDS,
                    CONFIG + " `monitor-timeout`",
                    "Seconds after which a health check has failed.")
            .forEachPort();
    static final Annotation<Integer> HEALTH_MONITOR_MAX_RETRIES = value(
                    PREFIX + "health-monitor-max-retries",
                    RETRIES,
                    CONFIG + " `monitor-max-retries`",
                    "Successful checks after which a member is ONLINE.")
            .forEachPort();
    static final Annotation<Integer> HEALTH_MONITOR_MAX_RETRIES_DOWN = value(
                    PREFIX + "health-monitor-max-retries-down",
                    RETRIES,
                    CONFIG + " `monitor-max-retries-down`",
                    "Failed checks after which a member is in ERROR.")
            .forEachPort();
    static final Annotation<MonitorType> HEALTH_MONITOR_TYPE = text(
                    PREFIX + "health-monitor-type",
                    ValueType.named(MonitorType.BY_NAME),
                    "by protocol",
                    "How the node port is checked. By default HTTP when `health-monitor-path` is set; else HTTP"
                            + " `GET /healthz` on the healthCheckNodePort with externalTrafficPolicy Local; else TCP,"
                            + " UDP-CONNECT or SCTP as the port's protocol is. Asks for a monitor.")
            .keeping()
            .forEachPort();
    static final Annotation<String> HEALTH_MONITOR_PATH = http(
            "health-monitor-path",
            ValueType.urlPath(),
            "`/`",
            "What an HTTP or HTTPS check asks the node port for. Asks for a monitor.");
    static final Annotation<String> HEALTH_MONITOR_HTTP_METHOD =
            http("health-monitor-http-method", ValueType.httpMethod(), "GET", "The method of an HTTP or HTTPS check.");
    static final Annotation<String> HEALTH_MONITOR_EXPECTED_CODES = http(
            "health-monitor-expected-codes",
            ValueType.statusCodes(),
            "200",
            "The answers by which a member is healthy: a status, several with commas, or a range.");
    static final Annotation<String> HEALTH_MONITOR_DOMAIN_NAME = http(
                    "health-monitor-domain-name",
                    ValueType.hostName(),
                    "none",
                    "The Host header of an HTTP or HTTPS check, which is HTTP/1.1 then.")
            .since(OctaviaVersion.HTTP_MONITOR_DOMAIN_NAME);

    static final Annotation<Integer> PROMETHEUS_LISTENER_PORT = value(
                    PREFIX + "prometheus-listener-port",
                    ValueType.integer(1, 65_535),
                    "none",
                    "A further listener on this TCP port, which answers with the load balancer's own metrics for"
                            + " Prometheus. Restrict who may read them: `load-balancer-source-ranges.prometheus`.")
            .since(OctaviaVersion.PROMETHEUS)
            .notWithOvn();
    static final Annotation<String> HOSTNAME = text(
                    PREFIX + "hostname",
                    ValueType.hostName(),
                    "none",
                    "Published in `status.loadBalancer.ingress[].hostname` instead of the address.")
            .keeping();
    static final Annotation<String> LOAD_BALANCER_ID = text(
            PREFIX + "load-balancer-id",
            ValueType.text(),
            "written by the controller",
            "The Service's load balancer. Set by a user before the first one is made: share that load balancer.");
    static final Annotation<String> LOAD_BALANCER_ADDRESS = text(
            PREFIX + "load-balancer-address",
            ValueType.text(),
            "written by the controller",
            "The floating IP, or the VIP of an internal Service. What a user writes here is overwritten.");
    static final Annotation<String> LOAD_BALANCER_VIP_ADDRESS = text(
            PREFIX + "load-balancer-vip-address",
            ValueType.text(),
            "written by the controller",
            "The VIP of the load balancer that was made for the Service: if that is removed by hand, the new one asks"
                    + " for it again. What a user writes here is overwritten.");
    static final Annotation<String> LOAD_BALANCER_RECORD = text(
            PREFIX + "load-balancer-record",
            ValueType.text(),
            "written by the controller",
            "Which load balancer the controller wrote to `load-balancer-id`, after `own` if it was made for the Service,"
                    + " else after `joined`: only one of its own is made anew when it is removed by hand. What a user"
                    + " writes here is overwritten.");
    static final Annotation<List<String>> LOAD_BALANCER_TAGS =
            tags("load-balancer-tags", "Tags of the load balancer, besides those that say whose it is.");
    static final Annotation<List<String>> LISTENER_TAGS = tags(
                    "listener-tags", "Tags of every listener, besides those that say whose it is.")
            .forEachPort();
    static final Annotation<List<String>> POOL_TAGS =
            tags("pool-tags", "Tags of every pool.").forEachPort();

    /** Every annotation, in the order of the reference page. */
    static final List<Annotation<?>> ALL = List.of(
            INTERNAL,
            SOURCE_RANGES,
            CLASS,
            FLOATING_NETWORK_ID,
            FLOATING_SUBNET_ID,
            FLOATING_SUBNET,
            FLOATING_SUBNET_TAGS,
            KEEP_FLOATINGIP,
            PORT_ID,
            SUBNET_ID,
            ADDITIONAL_SUBNET_ID,
            NETWORK_ID,
            MEMBER_SUBNET_ID,
            MEMBER_TARGET,
            NODE_SELECTOR,
            LB_METHOD,
            CONNECTION_LIMIT,
            PROXY_PROTOCOL,
            X_FORWARDED_FOR,
            X_FORWARDED_PORT,
            X_FORWARDED_PROTO,
            DEFAULT_TLS_CONTAINER_REF,
            TIMEOUT_CLIENT_DATA,
            TIMEOUT_MEMBER_CONNECT,
            TIMEOUT_MEMBER_DATA,
            TIMEOUT_TCP_INSPECT,
            FLAVOR_ID,
            AVAILABILITY_ZONE,
            ENABLE_HEALTH_MONITOR,
            HEALTH_MONITOR_DELAY,
            HEALTH_MONITOR_TIMEOUT,
            HEALTH_MONITOR_MAX_RETRIES,
            HEALTH_MONITOR_MAX_RETRIES_DOWN,
            HEALTH_MONITOR_TYPE,
            HEALTH_MONITOR_PATH,
            HEALTH_MONITOR_HTTP_METHOD,
            HEALTH_MONITOR_EXPECTED_CODES,
            HEALTH_MONITOR_DOMAIN_NAME,
            PROMETHEUS_LISTENER_PORT,
            HOSTNAME,
            LOAD_BALANCER_ID,
            LOAD_BALANCER_ADDRESS,
            LOAD_BALANCER_VIP_ADDRESS,
            LOAD_BALANCER_RECORD,
            LOAD_BALANCER_TAGS,
            LISTENER_TAGS,
            POOL_TAGS);

    private Annotations() {}

    /** An annotation of which an empty value is a bad one, as in the reference. */
    private static <T> Annotation<T> value(String key, ValueType<T> type, String defaultText, String doc) {
        return annotation(key, type, defaultText, OnEmpty.IS_A_VALUE, doc);
    }

    private static <T> Annotation<T> text(String key, ValueType<T> type, String defaultText, String doc) {
        return annotation(key, type, defaultText, OnEmpty.NOT_SET, doc);
    }

    private static <T> Annotation<T> annotation(
            String key, ValueType<T> type, String defaultText, OnEmpty onEmpty, String doc) {
        return new Annotation<>(
                key,
                type,
                defaultText,
                OnBadValue.FALL_BACK,
                onEmpty,
                true,
                false,
                null,
                List.of(),
                false,
                List.of(),
                doc);
    }

    private static Annotation<Integer> timeout(String key, String defaultText, String doc) {
        return value(PREFIX + key, TIMEOUT_MILLIS, defaultText, doc)
                .forEachPort()
                .since(OctaviaVersion.TIMEOUTS)
                .notWithOvn();
    }

    private static Annotation<Boolean> forwarded(String key, String doc) {
        return value(PREFIX + key, ValueType.strictBool(), "false", doc)
                .forEachPort()
                .notWithOvn()
                .indispensable()
                .excluding(PREFIX + "proxy-protocol");
    }

    /** Part of an HTTP or HTTPS health check. */
    private static Annotation<String> http(String key, ValueType<String> type, String defaultText, String doc) {
        return text(PREFIX + key, type, defaultText, doc)
                .keeping()
                .forEachPort()
                .notWithOvn();
    }

    private static Annotation<List<String>> tags(String key, String doc) {
        return text(PREFIX + key, ValueType.tags(), "none", doc).keeping().since(OctaviaVersion.TAGS);
    }
}
