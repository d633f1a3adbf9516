package io.octavialb.net;

/** What the kernel tells about interfaces and addresses. */
public sealed interface LinkEvent {
    /** The interface is new, or anything of it changed. */
    record LinkChanged(Link link) implements LinkEvent {}

    record LinkRemoved(int index, String name) implements LinkEvent {}

    /** The address is new, or anything of it changed: flags for example. */
    record AddressAdded(LinkAddress address) implements LinkEvent {}

    record AddressRemoved(LinkAddress address) implements LinkEvent {}

    /** Events were lost (ENOBUFS): what is known has to be read again by {@link Netlink}. */
    record Overrun() implements LinkEvent {}
}
