package io.octavialb.embedded.openstack;

import static io.octavialb.embedded.openstack.Attribute.address;
import static io.octavialb.embedded.openstack.Attribute.any;
import static io.octavialb.embedded.openstack.Attribute.cidrs;
import static io.octavialb.embedded.openstack.Attribute.flag;
import static io.octavialb.embedded.openstack.Attribute.id;
import static io.octavialb.embedded.openstack.Attribute.integer;
import static io.octavialb.embedded.openstack.Attribute.list;
import static io.octavialb.embedded.openstack.Attribute.number;
import static io.octavialb.embedded.openstack.Attribute.oneOf;
import static io.octavialb.embedded.openstack.Attribute.sessionPersistence;
import static io.octavialb.embedded.openstack.Attribute.shown;
import static io.octavialb.embedded.openstack.Attribute.text;
import static io.octavialb.embedded.openstack.Attribute.words;

import com.fasterxml.jackson.databind.node.TextNode;

/** The attributes of each kind, in the order of the answers; the versions are those of Octavia's release notes. */
final class OctaviaAttributes {
    private static final int MAX_TIMEOUT = 24 * 24 * 60 * 60 * 1000;
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private OctaviaAttributes() {}

    static final Attributes LOAD_BALANCER = new Attributes(
            "load_balancer.loadbalancer",
            shown("id"),
            words("name"),
            words("description"),
            shown("provisioning_status"),
            shown("operating_status"),
            flag("admin_state_up", true),
            text("project_id").fixed(),
            shown("created_at"),
            shown("updated_at"),
            address("vip_address").fixed(),
            id("vip_port_id").fixed(),
            id("vip_subnet_id").fixed(),
            id("vip_network_id").fixed(),
            list("vip_sg_ids").since(29),
            list("additional_vips").fixed().since(26),
            list("listeners").fixed(),
            list("pools").fixed(),
            text("provider").fixed(),
            id("flavor_id").fixed().since(6),
            id("vip_qos_policy_id"),
            list("tags").since(5),
            text("availability_zone").fixed().since(14),
            shown("vip_vnic_type").since(28));

    static final Attributes LISTENER = new Attributes(
            "listener_.listener",
            shown("id"),
            words("name"),
            words("description"),
            shown("provisioning_status"),
            shown("operating_status"),
            flag("admin_state_up", true),
            oneOf("protocol", "HTTP", "HTTPS", "PROMETHEUS", "SCTP", "TCP", "TERMINATED_HTTPS", "UDP")
                    .required()
                    .fixed(),
            integer("protocol_port", 1, 65535).required().fixed(),
            integer("connection_limit", -1, UNLIMITED).orElse(-1),
            text("default_tls_container_ref"),
            list("sni_container_refs"),
            text("project_id").fixed(),
            id("default_pool_id"),
            any("default_pool").fixed(),
            list("l7policies").fixed(),
            any("insert_headers").orElse(CloudState.object()),
            shown("created_at"),
            shown("updated_at"),
            id("loadbalancer_id").fixed(),
            integer("timeout_client_data", 0, MAX_TIMEOUT).orElse(50000),
            integer("timeout_member_connect", 0, MAX_TIMEOUT).orElse(5000),
            integer("timeout_member_data", 0, MAX_TIMEOUT).orElse(50000),
            integer("timeout_tcp_inspect", 0, MAX_TIMEOUT).orElse(0),
            list("tags").since(5),
            text("client_ca_tls_container_ref").since(8),
            oneOf("client_authentication", "MANDATORY", "NONE", "OPTIONAL")
                    .orElse(TextNode.valueOf("NONE"))
                    .since(8),
            text("client_crl_container_ref").since(8),
            cidrs("allowed_cidrs").since(12),
            any("tls_ciphers").since(15),
            any("tls_versions").since(17),
            any("alpn_protocols").since(20),
            integer("hsts_max_age", 0, UNLIMITED).since(27),
            flag("hsts_include_subdomains", false).since(27),
            flag("hsts_preload", false).since(27));

    static final Attributes POOL = new Attributes(
            "pool_.pool",
            shown("id"),
            words("name"),
            words("description"),
            shown("provisioning_status"),
            shown("operating_status"),
            flag("admin_state_up", true),
            id("listener_id").fixed(),
            id("loadbalancer_id").fixed(),
            oneOf("protocol", "HTTP", "HTTPS", "PROXY", "PROXYV2", "SCTP", "TCP", "UDP")
                    .required()
                    .fixed(),
            oneOf("lb_algorithm", "LEAST_CONNECTIONS", "ROUND_ROBIN", "SOURCE_IP", "SOURCE_IP_PORT")
                    .required(),
            sessionPersistence("session_persistence"),
            text("project_id").fixed(),
            any("healthmonitor").fixed(),
            list("members").fixed(),
            shown("created_at"),
            shown("updated_at"),
            list("tags").since(5),
            text("tls_container_ref").since(8),
            text("ca_tls_container_ref").since(8),
            text("crl_container_ref").since(8),
            flag("tls_enabled", false).since(8),
            any("tls_ciphers").since(15),
            any("tls_versions").since(18),
            any("alpn_protocols").since(24));

    static final Attributes MEMBER = new Attributes(
            "member_.member",
            shown("id"),
            words("name"),
            shown("operating_status"),
            shown("provisioning_status"),
            flag("admin_state_up", true).resetByBatch(),
            address("address").required().fixed(),
            integer("protocol_port", 1, 65535).required().fixed(),
            integer("weight", 0, 256).orElse(1).resetByBatch(),
            flag("backup", false).resetByBatch(),
            id("subnet_id").fixed(),
            text("project_id").fixed(),
            shown("created_at"),
            shown("updated_at"),
            address("monitor_address").resetByBatch(),
            integer("monitor_port", 1, 65535).resetByBatch(),
            list("tags").since(5),
            flag("request_sriov", false).fixed().since(30),
            shown("vnic_type").since(30));

    static final Attributes L7_POLICY = new Attributes(
            "l7policy_.l7policy",
            shown("id"),
            words("name"),
            words("description"),
            shown("provisioning_status"),
            shown("operating_status"),
            flag("admin_state_up", true),
            text("project_id").fixed(),
            oneOf("action", "REDIRECT_PREFIX", "REDIRECT_TO_POOL", "REDIRECT_TO_URL", "REJECT")
                    .required()
                    .fixed(),
            id("listener_id").required().fixed(),
            id("redirect_pool_id").fixed(),
            shown("redirect_url"),
            shown("redirect_prefix"),
            integer("position", 1, UNLIMITED).orElse(1).fixed(),
            shown("created_at"),
            shown("updated_at"),
            list("tags").since(5),
            shown("redirect_http_code"));

    static final Attributes HEALTH_MONITOR = new Attributes(
            "health_monitor_.healthmonitor",
            shown("id"),
            words("name"),
            oneOf("type", "HTTP", "HTTPS", "PING", "SCTP", "TCP", "TLS-HELLO", "UDP-CONNECT")
                    .required()
                    .fixed(),
            integer("delay", 0, UNLIMITED).required(),
            integer("timeout", 0, UNLIMITED).required(),
            integer("max_retries", 1, 10).required(),
            integer("max_retries_down", 1, 10).orElse(3),
            oneOf("http_method", "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"),
            text("url_path"),
            text("expected_codes"),
            flag("admin_state_up", true),
            text("project_id").fixed(),
            id("pool_id").fixed(),
            shown("provisioning_status"),
            shown("operating_status"),
            shown("created_at"),
            shown("updated_at"),
            list("tags").since(5),
            number("http_version").since(10),
            text("domain_name").since(10));
}
