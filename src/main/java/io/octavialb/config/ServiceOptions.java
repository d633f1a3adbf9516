package io.octavialb.config;

import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of one Service ask for; null = not asked, so that class and cloud-config apply. An empty text or
 * selector clears what the cloud-config says.
 *
 * @param keepFloatingIp also where the annotation can't be read
 * @param prometheusPort of the listener with the load balancer's metrics; not a port of the Service
 * @param ports one entry for each port of the Service, and for {@code prometheusPort}
 */
public record ServiceOptions(
        @Nullable Boolean internal,
        @Nullable String loadBalancerClass,
        @Nullable String floatingNetworkId,
        @Nullable FloatingSubnet floatingSubnet,
        boolean keepFloatingIp,
        @Nullable String portId,
        @Nullable String subnetId,
        @Nullable String additionalSubnetId,
        @Nullable String networkId,
        @Nullable String memberSubnetId,
        @Nullable MemberTarget memberTarget,
        @Nullable NodeSelector nodeSelector,
        @Nullable String flavorId,
        @Nullable String availabilityZone,
        @Nullable ServicePort prometheusPort,
        @Nullable String hostname,
        @Nullable String loadBalancerId,
        @Nullable String loadBalancerAddress,
        List<String> loadBalancerTags,
        Map<ServicePort, PortOptions> ports) {

    /** Key of the annotation in which the controller keeps the load balancer's id. */
    public static final String LOAD_BALANCER_ID_KEY = Annotations.LOAD_BALANCER_ID.key();

    /** Key of the annotation in which the controller publishes the address. */
    public static final String LOAD_BALANCER_ADDRESS_KEY = Annotations.LOAD_BALANCER_ADDRESS.key();

    /** Key of the annotation in which the controller records the VIP of the load balancer that it made. */
    public static final String LOAD_BALANCER_VIP_ADDRESS_KEY = Annotations.LOAD_BALANCER_VIP_ADDRESS.key();

    /** Key of the annotation in which the controller records which load balancer it published, and whose that is. */
    public static final String LOAD_BALANCER_RECORD_KEY = Annotations.LOAD_BALANCER_RECORD.key();

    /** Key of the annotation that selects nodes. */
    public static final String NODE_SELECTOR_KEY = Annotations.NODE_SELECTOR.key();

    public ServiceOptions {
        loadBalancerTags = List.copyOf(loadBalancerTags);
        ports = Map.copyOf(ports);
    }

    /**
     * The options together with what is wrong: always both, for a deletion needs the options whatever is wrong.
     *
     * @param asked the values that can be read, for the whole Service
     * @param askedOfPorts those that count for each of {@code options.ports()}, in the order of the Service
     */
    public record Parsed(
            ServiceOptions options,
            AskedSettings asked,
            Map<ServicePort, AskedSettings> askedOfPorts,
            List<AnnotationProblem> problems) {
        public Parsed {
            askedOfPorts = Collections.unmodifiableMap(new LinkedHashMap<>(askedOfPorts));
            problems = List.copyOf(problems);
        }
    }

    /** Reads the annotations of a Service; those of other programs are left alone. */
    public static Parsed parse(Service service) {
        return parse(service.annotations(), service.ports());
    }

    static Parsed parse(Map<String, String> annotations, List<ServicePort> ports) {
        return new AnnotationReader(annotations, ports).read();
    }
}
