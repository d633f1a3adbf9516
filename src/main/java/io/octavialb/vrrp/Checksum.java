package io.octavialb.vrrp;

/**
 * What the checksum of a VRRPv3 packet over IPv4 covers. keepalived counts a pseudo-header in; RFC 9568 §5.2.8 counts the
 * message alone. Both are accepted when received; this says what is sent. Over IPv6 the pseudo-header is always in, in VRRPv2 never.
 */
public enum Checksum {
    PSEUDO_HEADER,
    MESSAGE
}
