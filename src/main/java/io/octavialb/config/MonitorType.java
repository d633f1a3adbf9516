package io.octavialb.config;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a health monitor checks a member, as Octavia names it, and the pools that Octavia lets it watch. */
public enum MonitorType {
    HTTP("HTTP"),
    HTTPS("HTTPS"),
    PING("PING"),
    TCP("TCP"),
    TLS_HELLO("TLS-HELLO"),
    UDP_CONNECT("UDP-CONNECT"),
    SCTP("SCTP");

    static final Map<String, MonitorType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(MonitorType::octaviaName, Function.identity()));

    private final String octaviaName;

    MonitorType(String octaviaName) {
        this.octaviaName = octaviaName;
    }

    public String octaviaName() {
        return octaviaName;
    }

    /** Whether it sends a request with method and path, and reads a status code. */
    public boolean http() {
        return this == HTTP || this == HTTPS;
    }

    /** Whether it can watch the pool of a Service's port with the protocol TCP, UDP or SCTP. */
    public boolean watches(String protocol) {
        return switch (this) {
            case HTTP, TCP -> true;
            case HTTPS, PING, TLS_HELLO -> protocol.equals("TCP");
            case UDP_CONNECT, SCTP -> !protocol.equals("TCP");
        };
    }

    /** What a port of the protocol is checked by when nothing is asked for. */
    public static MonitorType ofProtocol(String protocol) {
        return switch (protocol) {
            case "UDP" -> UDP_CONNECT;
            case "SCTP" -> SCTP;
            default -> TCP;
        };
    }
}
