package io.octavialb.config;

import io.octavialb.model.kubernetes.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What applies to one Service once annotations, class and cloud-config are put together; null = unset.
 *
 * <p>Precedence is annotation, then class, then cloud-config, with the reference's exceptions: the floating network and
 * subnets of a class beat the annotations, and so do its {@code subnet-id} and {@code network-id} for an external
 * Service. Read when a load balancer is made or kept right, never when it is deleted.
 *
 * @param memberSubnetId null = the VIP's subnet
 * @param floatingNetworkId null = the first external network that Neutron lists
 * @param internal no floating IP
 * @param forcedInternal the cloud-config's {@code internal-lb} makes it internal, the Service did not ask for it
 * @param prometheusPort of the listener with the load balancer's metrics; not a port of the Service
 * @param ports one entry for each port of the Service, and for {@code prometheusPort}
 * @param asked where the settings of the whole Service come from
 */
public record LoadBalancerSettings(
        String lbProvider,
        @Nullable String portId,
        @Nullable String subnetId,
        @Nullable String additionalSubnetId,
        @Nullable String networkId,
        @Nullable String memberSubnetId,
        @Nullable String floatingNetworkId,
        @Nullable FloatingSubnet floatingSubnet,
        boolean keepFloatingIp,
        boolean internal,
        boolean forcedInternal,
        MemberTarget memberTarget,
        NodeSelector nodeSelector,
        @Nullable String flavorId,
        @Nullable String availabilityZone,
        @Nullable ServicePort prometheusPort,
        @Nullable String hostname,
        @Nullable String loadBalancerId,
        List<String> loadBalancerTags,
        boolean manageSecurityGroups,
        int maxSharedLb,
        boolean cascadeDelete,
        boolean serialApiCalls,
        boolean enableIngressHostname,
        String ingressHostnameSuffix,
        Map<ServicePort, PortSettings> ports,
        AskedSettings asked) {

    public LoadBalancerSettings {
        loadBalancerTags = List.copyOf(loadBalancerTags);
        ports = Map.copyOf(ports);
    }

    /** Whether pods are members, and not the nodes. */
    public boolean podsAreMembers() {
        return memberTarget == MemberTarget.POD;
    }

    /** What applies to a port of the Service that the settings were resolved for. */
    public PortSettings port(ServicePort port) {
        return Objects.requireNonNull(ports.get(port), () -> "no settings were resolved for " + port);
    }

    /** The settings together with what is wrong: an ERROR among the problems refuses the Service, KEEPS its creation. */
    public record Resolved(LoadBalancerSettings settings, List<AnnotationProblem> problems) {
        public Resolved {
            problems = List.copyOf(problems);
        }

        /** Whether what the class would say is not known. */
        public boolean classIsUnclear() {
            return isUnclear(Annotations.CLASS);
        }

        /** Whether the host name to publish is not known. */
        public boolean hostnameIsUnclear() {
            return isUnclear(Annotations.HOSTNAME);
        }

        /** Whether it is not known where a floating IP would come from. */
        public boolean floatingSubnetIsUnclear() {
            return isUnclear(Annotations.FLOATING_SUBNET) || classIsUnclear();
        }

        /** Whether it is not known whether there should be a floating IP. */
        public boolean internalIsUnclear() {
            return isUnclear(Annotations.INTERNAL);
        }

        /** Whether the port of the listener for Prometheus is not known. */
        public boolean prometheusPortIsUnclear() {
            return isUnclear(Annotations.PROMETHEUS_LISTENER_PORT);
        }

        private boolean isUnclear(Annotation<?> annotation) {
            return problems.stream()
                    .anyMatch(problem ->
                            problem.keepsWhatIsThere() && problem.key().equals(annotation.key()));
        }
    }

    /**
     * Puts annotations, class and cloud-config together.
     *
     * @return with the problems of {@code annotations} and those found here: an unknown class, a method the provider
     *     lacks, a TLS reference that is not one
     */
    public static Resolved resolve(CloudConfig config, ServiceOptions.Parsed annotations) {
        return new SettingsResolution(config, annotations).resolve();
    }
}
