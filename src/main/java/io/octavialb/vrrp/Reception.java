package io.octavialb.vrrp;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a valid advertisement that arrived on a virtual router's interface concerns that virtual router. */
public final class Reception {
    private Reception() {}

    /**
     * Why the advertisement is not for this virtual router; null when it is (RFC 9568 §7.1, RFC 3768 §7.1).
     *
     * <p>A router with other addresses is discarded whatever its priority, so it never takes the addresses away. RFC 9568 §7.1 has
     * an owner of the addresses discard all advertisements; here it discards those of another owner, and hears those of lower
     * priority, since they say that the clients may have been drawn elsewhere and it has to announce again.
     */
    public static @Nullable Discard refusal(VirtualRouter router, Advertisement advertisement, IpAddress source) {
        if (source.equals(router.source())) {
            return Discard.OWN;
        }
        if (advertisement.vrid() != router.vrid()) {
            return Discard.OTHER_VRID;
        }
        if (source.family() != router.family()) {
            return Discard.OTHER_FAMILY;
        }
        if (advertisement.version() != router.version()) {
            return Discard.OTHER_VERSION;
        }
        if (router.version() == Version.V2) {
            if (!advertisement.authentication().equals(router.authentication())) {
                return Discard.OTHER_AUTHENTICATION;
            }
            if (advertisement.intervalCentiseconds() != router.intervalCentiseconds()) {
                return Discard.OTHER_INTERVAL;
            }
        }
        if (!sameAddresses(router.addresses(), advertisement.addresses())) {
            return Discard.OTHER_ADDRESSES;
        }
        boolean secondOwner = router.priority() == VirtualRouter.OWNER_PRIORITY
                && advertisement.priority() == VirtualRouter.OWNER_PRIORITY;
        return secondOwner ? Discard.SECOND_OWNER : null;
    }

    /** In any order, as keepalived compares them. */
    private static boolean sameAddresses(List<IpAddress> ours, List<IpAddress> theirs) {
        return ours.size() == theirs.size()
                && (ours.equals(theirs) || new HashSet<>(ours).equals(new HashSet<>(theirs)));
    }
}
