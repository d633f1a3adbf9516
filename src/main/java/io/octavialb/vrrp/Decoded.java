package io.octavialb.vrrp;

/** What became of a received packet: an advertisement, or the reason why it is discarded. */
public sealed interface Decoded permits Decoded.Accepted, Discard {
    record Accepted(Advertisement advertisement) implements Decoded {}
}
