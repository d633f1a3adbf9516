package io.octavialb.config;

/** The PROXY protocol version that pools speak to members, in Octavia's words for a pool protocol. */
public enum ProxyProtocol {
    NONE,
    PROXY,
    PROXYV2
}
