package io.octavialb.net;

import io.octavialb.vrrp.IpAddress;
import java.util.Optional;

/**
 * An address on a network interface as the kernel describes it (RTM_NEWADDR).
 *
 * @param scope 0 is global, 253 link, 254 host
 * @param label of an IPv4 address
 * @param protocol who put it there (IFA_PROTO): {@link Netlink#OWN_PROTOCOL} is this program, 0 unknown or a kernel
 *     before 5.18
 * @param flags IFA_F_…
 */
public record LinkAddress(
        int linkIndex,
        IpAddress address,
        int prefixLength,
        int scope,
        Optional<String> label,
        int protocol,
        int flags) {

    /** An IPv4 address behind another one of its subnet; the kernel deletes it with that one. */
    public boolean secondary() {
        return (flags & Linux.IFA_F_SECONDARY) != 0;
    }

    /** Duplicate address detection has not finished: the kernel neither answers for it nor sends from it (RFC 4862 §5.4). */
    public boolean tentative() {
        return (flags & Linux.IFA_F_TENTATIVE) != 0;
    }

    /** Duplicate address detection found another node with it. */
    public boolean duplicate() {
        return (flags & Linux.IFA_F_DADFAILED) != 0;
    }

    /** The link-local address that the kernel derives by itself. */
    boolean madeByKernel() {
        return protocol == Linux.IFAPROT_KERNEL_LL;
    }

    /** Put there by this program, in this run or an earlier one. */
    public boolean own() {
        return protocol == Netlink.OWN_PROTOCOL;
    }
}
