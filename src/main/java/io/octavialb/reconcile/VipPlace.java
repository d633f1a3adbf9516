package io.octavialb.reconcile;

import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the VIP of a load balancer goes, or is.
 *
 * @param subnetId null when a network or a port is named instead
 * @param networkId null when a subnet is known
 * @param memberSubnetId where members are unless the settings say so; null leaves it to Octavia
 * @param families the VIP's, of those that the Service asks for, in its order
 * @param additionalSubnetId of the second family
 * @param singleStack why there is one family where the Service asks for two
 */
record VipPlace(
        @Nullable String subnetId,
        @Nullable String networkId,
        @Nullable String memberSubnetId,
        List<IpFamily> families,
        @Nullable String additionalSubnetId,
        @Nullable String singleStack) {

    /** Of a load balancer that is there: what is read at creation only is as it was then. */
    static VipPlace of(LoadBalancer loadBalancer, Service service, LoadBalancerSettings settings) {
        List<IpFamily> present =
                loadBalancer.vipAddresses().stream().map(IpFamily::of).toList();
        boolean known = !loadBalancer.vipAddresses().isEmpty();
        List<IpFamily> families =
                known ? service.ipFamilies().stream().filter(present::contains).toList() : service.ipFamilies();
        return new VipPlace(
                settings.subnetId(),
                settings.subnetId() == null ? settings.networkId() : null,
                loadBalancer.vipSubnetId(),
                families.isEmpty() ? List.of(service.primaryFamily()) : families,
                loadBalancer.additionalVips().stream()
                        .flatMap(vip -> Stream.ofNullable(vip.subnetId()))
                        .findFirst()
                        .orElse(null),
                service.ipFamilies().size() > 1 && families.size() < 2
                        ? "it was created so: delete the Service and create it anew, or set spec.ipFamilyPolicy to"
                                + " SingleStack"
                        : null);
    }
}
