package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules between the attributes of Octavia's resources, in the order and the words of its controllers. */
final class OctaviaRules {
    /** {@code VALID_LISTENER_POOL_PROTOCOL_MAP} of {@code octavia/common/constants.py}. */
    private static final Map<String, Set<String>> POOL_PROTOCOLS = Map.of(
            "TCP", Set.of("HTTP", "HTTPS", "PROXY", "PROXYV2", "TCP"),
            "HTTP", Set.of("HTTP", "PROXY", "PROXYV2"),
            "HTTPS", Set.of("HTTPS", "PROXY", "PROXYV2", "TCP"),
            "TERMINATED_HTTPS", Set.of("HTTP", "PROXY", "PROXYV2"),
            "UDP", Set.of("UDP"),
            "SCTP", Set.of("SCTP"));

    private static final Set<String> DATAGRAMS = Set.of("UDP", "SCTP");
    private static final Set<String> HTTP_LISTENERS = Set.of("HTTP", "TERMINATED_HTTPS");
    private static final Set<String> HTTP_MONITORS = Set.of("HTTP", "HTTPS");
    private static final Map<String, Integer> PROTOCOLS_SINCE = Map.of("PROXYV2", 22, "SCTP", 23, "PROMETHEUS", 25);
    private static final String SSL_HEADERS = "X-SSL-Client-";
    private static final int MIN_UDP_CONNECT_DELAY = 3;

    private OctaviaRules() {}

    static void compatible(String listenerProtocol, String poolProtocol) {
        if (!POOL_PROTOCOLS.getOrDefault(listenerProtocol, Set.of()).contains(poolProtocol)) {
            throw Refusal.invalid("The pool protocol '" + poolProtocol + "' is invalid while the listener protocol is '"
                    + listenerProtocol + "'.");
        }
    }

    static String layer4(String protocol) {
        return DATAGRAMS.contains(protocol) ? protocol : "TCP";
    }

    /** Protocols and algorithms that this version does not know yet, and those that its provider can't do. */
    static void supported(JsonNode row, String provider, int minor) {
        String protocol = row.path("protocol").asText();
        String algorithm = row.path("lb_algorithm").asText();
        if (PROTOCOLS_SINCE.getOrDefault(protocol, 0) > minor) {
            throw unknown("protocol", protocol);
        }
        if (algorithm.equals("SOURCE_IP_PORT") && minor < 13) {
            throw unknown("lb_algorithm", algorithm);
        }
        boolean ovn = provider.equals("ovn");
        if (!algorithm.isEmpty() && ovn != algorithm.equals("SOURCE_IP_PORT")) {
            throw unsupported(provider, algorithm + " algorithm");
        }
        if (ovn && !protocol.isEmpty() && !Set.of("TCP", "UDP", "SCTP").contains(protocol)) {
            throw unsupported(provider, protocol + " protocol");
        }
    }

    private static Refusal unknown(String field, String value) {
        return Refusal.octavia(
                400,
                "Invalid input for field/attribute " + field + ". Value: '" + value
                        + "'. Value should be one of those of an older version");
    }

    private static Refusal unsupported(String provider, String what) {
        String name = provider.equals("ovn") ? "OVN" : "Amphora";
        return Refusal.octavia(
                501,
                "Provider '" + provider + "' does not support a requested option: " + name
                        + " provider does not support " + what + ".");
    }

    /** What a listener may have by its protocol. */
    static void listener(JsonNode listener, String protocol) {
        JsonNode headers = listener.path("insert_headers");
        if (!headers.isEmpty() && !HTTP_LISTENERS.contains(protocol)) {
            throw Refusal.octavia(
                    400, "insert-headers is not a valid option for a " + protocol + " protocol listener.");
        }
        checkHeaders(headers, protocol);
        String certificate = listener.path("default_tls_container_ref").asText("");
        boolean terminates = protocol.equals("TERMINATED_HTTPS");
        if (!certificate.isEmpty() && !terminates) {
            throw Refusal.invalid(
                    "Certificate container references are not allowed on " + protocol + " protocol listeners.");
        }
        if (!certificate.isEmpty() && !certificate.startsWith(EmbeddedOpenStack.CERTIFICATES)) {
            throw Refusal.octavia(400, "Could not retrieve certificate: ['" + certificate + "']");
        }
    }

    /** {@code SUPPORTED_HTTP_HEADERS} and {@code SUPPORTED_SSL_HEADERS} of octavia-lib; the latter need TLS. */
    private static void checkHeaders(JsonNode headers, String protocol) {
        List<String> names = headers.propertyStream().map(Map.Entry::getKey).toList();
        boolean known = names.stream()
                .allMatch(name -> Set.of("X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto")
                                .contains(name)
                        || name.startsWith(SSL_HEADERS));
        if (!known) {
            throw Refusal.octavia(
                    400, "dict_keys(['" + String.join("', '", names) + "']) is not a valid option for insert_headers");
        }
        List<String> ssl =
                names.stream().filter(name -> name.startsWith(SSL_HEADERS)).toList();
        if (!ssl.isEmpty() && !protocol.equals("TERMINATED_HTTPS")) {
            throw Refusal.octavia(
                    400,
                    "['" + String.join("', '", ssl) + "'] is not a valid option for " + protocol
                            + " protocol listener.");
        }
    }

    static void certificateGiven(JsonNode listener, String protocol) {
        boolean none = listener.path("default_tls_container_ref").asText("").isEmpty()
                && listener.path("sni_container_refs").isEmpty();
        if (protocol.equals("TERMINATED_HTTPS") && none) {
            throw Refusal.invalid("An SNI or default certificate container reference must be provided for " + protocol
                    + " protocol listeners.");
        }
    }

    /** Every allowed CIDR must be of the IP version of one of the VIPs. */
    static void allowedCidrs(JsonNode cidrs, List<String> vips) {
        for (JsonNode cidr : cidrs) {
            if (vips.stream().noneMatch(vip -> Addresses.v6(vip) == Addresses.v6(cidr.asText()))) {
                throw Refusal.invalid("CIDR " + cidr.asText() + " IP version incompatible with all VIPs ['"
                        + String.join("', '", vips) + "'] IP version.");
            }
        }
    }

    static void sessionPersistence(JsonNode persistence, String protocol, String datagramProtocols) {
        if (!persistence.isObject()) {
            return;
        }
        String type = persistence.path("type").asText();
        boolean timed = persistence.path("persistence_timeout").asInt() != 0
                || persistence.path("persistence_granularity").isTextual();
        boolean cookie = persistence.path("cookie_name").isTextual();
        if (timed && !DATAGRAMS.contains(protocol)) {
            throw Refusal.invalid("persistence_timeout and persistence_granularity is only for " + datagramProtocols
                    + " protocol pools.");
        }
        if (cookie && DATAGRAMS.contains(protocol)) {
            throw Refusal.invalid("Cookie names are not supported for UDP/SCTP pools.");
        }
        if (type.endsWith("_COOKIE") && DATAGRAMS.contains(protocol)) {
            throw Refusal.invalid(
                    "Session persistence of type " + type + " is not supported for UDP/SCTP protocol pools.");
        }
        if (cookie && !type.equals("APP_COOKIE")) {
            throw Refusal.invalid("Field \"cookie_name\" can only be specified with session persistence of type"
                    + " \"APP_COOKIE\".");
        }
        if (!cookie && type.equals("APP_COOKIE")) {
            throw Refusal.invalid("Field \"cookie_name\" must be specified when using the \"APP_COOKIE\" session"
                    + " persistence type.");
        }
    }

    /** The type of a monitor against its pool's protocol; a UDP-CONNECT one can't be hasty. */
    static void monitorForPool(JsonNode monitor, String type, String poolProtocol) {
        boolean datagramType = type.equals("UDP-CONNECT") || type.equals("SCTP");
        if (!DATAGRAMS.contains(poolProtocol)) {
            if (datagramType) {
                throw Refusal.invalid("The " + type + " type is only supported for pools of type UDP/SCTP.");
            }
            return;
        }
        if (!datagramType && !type.equals("TCP") && !type.equals("HTTP")) {
            throw Refusal.invalid("The associated pool protocol is " + poolProtocol
                    + ", so only a UDP-CONNECT/SCTP/TCP/HTTP health monitor is supported.");
        }
        JsonNode delay = monitor.path("delay");
        if (type.equals("UDP-CONNECT") && delay.isNumber() && delay.asInt() < MIN_UDP_CONNECT_DELAY) {
            throw Refusal.invalid("The request delay value " + delay.asInt() + " should be larger than "
                    + MIN_UDP_CONNECT_DELAY + " for UDP-CONNECT health monitor type.");
        }
    }

    /** Fields of HTTP on a monitor: refused on others, filled in where they are left out. */
    static void monitorHttp(ObjectNode monitor, String type) {
        boolean http = HTTP_MONITORS.contains(type);
        Map.of("http_method", "GET", "url_path", "/", "expected_codes", "200").forEach((field, fallback) -> {
            if (!http && monitor.hasNonNull(field)) {
                throw Refusal.octavia(400, field + " is not a valid option for health monitors of type " + type);
            }
            if (http && monitor.has(field) && monitor.path(field).isNull()) {
                monitor.put(field, fallback);
            }
        });
    }

    static void domainName(JsonNode monitor) {
        if (monitor.hasNonNull("domain_name") && !monitor.hasNonNull("http_version")) {
            throw Refusal.invalid("'http_version' must be specified when 'domain_name' is provided.");
        }
        if (monitor.hasNonNull("domain_name") && monitor.path("http_version").asDouble() < 1.1) {
            throw Refusal.octavia(
                    400,
                    "http_version " + monitor.path("http_version").asText()
                            + " is not a valid option for health monitors HTTP 1.1 domain name health check");
        }
    }
}
