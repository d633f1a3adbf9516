package io.octavialb.kubernetes;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.kubernetes.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Service asks for: everything that decides its load balancer except the parts that we write ourselves.
 *
 * <p>Two equal inputs are the same change; a pass over inputs that were seen before is a repetition.
 */
record Inputs(Service service) {
    static Inputs of(Service service) {
        Map<String, String> annotations = new HashMap<>(service.annotations());
        annotations.remove(ServiceOptions.LOAD_BALANCER_ID_KEY);
        annotations.remove(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY);
        annotations.remove(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY);
        annotations.remove(ServiceOptions.LOAD_BALANCER_RECORD_KEY);
        return new Inputs(new Service(
                service.key(),
                service.uid(),
                annotations,
                List.of(),
                service.deleting(),
                service.type(),
                service.loadBalancerClass(),
                service.ports(),
                service.ipFamilies(),
                service.loadBalancerIp(),
                service.loadBalancerSourceRanges(),
                service.externalTrafficPolicy(),
                service.healthCheckNodePort(),
                service.sessionAffinity(),
                service.sessionAffinityTimeoutSeconds(),
                List.of(),
                List.of()));
    }
}
