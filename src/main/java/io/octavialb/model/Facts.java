package io.octavialb.model;

import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.observed.FloatingIp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What had to be asked of the cloud before a desired load balancer can be said.
 *
 * @param vipSubnetId where the VIP goes; null when a network or a port is named instead
 * @param memberSubnetId where the members are; null leaves it to Octavia
 * @param memberCidr of the members' subnet: where a node has several addresses, the one in it is the member; null when
 *     that need not be known
 * @param families the VIP's, of those that the Service asks for, in its order
 * @param additionalSubnetId where the VIP of the second family is, and the members that only it reaches
 * @param singleStack why a Service that asks for two families gets one; null when it gets what it asks for
 * @param adopted whether someone else made the load balancer that there is: nothing it was made without is added to it
 *     unless the Service asks for it
 * @param floatingIp null when none is wanted
 */
public record Facts(
        OctaviaVersion version,
        @Nullable String vipSubnetId,
        @Nullable String vipNetworkId,
        @Nullable String memberSubnetId,
        @Nullable String memberCidr,
        List<IpFamily> families,
        @Nullable String additionalSubnetId,
        @Nullable String singleStack,
        boolean adopted,
        @Nullable FloatingIpFacts floatingIp) {
    public Facts {
        families = List.copyOf(families);
    }

    public Facts withFloatingIp(@Nullable FloatingIpFacts facts) {
        return new Facts(
                version,
                vipSubnetId,
                vipNetworkId,
                memberSubnetId,
                memberCidr,
                families,
                additionalSubnetId,
                singleStack,
                adopted,
                facts);
    }

    public Facts withMemberSubnetId(@Nullable String id) {
        return new Facts(
                version,
                vipSubnetId,
                vipNetworkId,
                id,
                memberCidr,
                families,
                additionalSubnetId,
                singleStack,
                adopted,
                floatingIp);
    }

    /**
     * Where a floating IP comes from.
     *
     * @param subnetIds empty when any subnet of the network will do
     * @param existing the floating IP that is to be attached: it has the requested address, or had the recorded one
     * @param replaces whether it takes the place of what is on the VIP, which has another address than the requested one
     */
    public record FloatingIpFacts(
            String networkId,
            List<String> subnetIds,
            @Nullable FloatingIp existing,
            boolean replaces) {
        public FloatingIpFacts {
            subnetIds = List.copyOf(subnetIds);
        }
    }
}
