package io.octavialb.vrrp;

/** Version of the protocol: 2 is RFC 3768 (IPv4, whole seconds), 3 is RFC 9568 (both families, centiseconds). */
public enum Version {
    V2,
    V3
}
