package io.octavialb.config;

import io.octavialb.config.AnnotationProblem.Severity;
import io.octavialb.config.CloudConfig.LoadBalancerClass;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Annotations of which one silences another: the one that has no effect is told, with the one that wins.
 *
 * @param forcedInternal whether the cloud-config makes every load balancer internal
 */
record Contradictions(
        ServiceOptions.Parsed parsed, LoadBalancerClass ofClass, boolean forcedInternal, boolean internal) {

    Set<AnnotationProblem> problems() {
        Set<AnnotationProblem> problems = new LinkedHashSet<>();
        vip(problems);
        if (internal) {
            String winner = forcedInternal ? "[LoadBalancer] internal-lb" : Annotations.INTERNAL.key();
            floatingIp(problems, "an internal load balancer has no floating IP, and " + winner + " makes it internal");
        }
        if (ofClass.floatingSubnet() != null) {
            floatingSubnet(problems, ofClassWins("the floating subnet"));
        }
        parsed.askedOfPorts().values().forEach(asked -> monitor(asked, problems));
        return problems;
    }

    private void vip(Set<AnnotationProblem> problems) {
        Optional<Asked> portId = parsed.asked().find(Annotations.PORT_ID);
        if (portId.isPresent()) {
            String remedy = "is not read, for " + portId.get() + " says where the VIP is";
            tell(problems, parsed.asked(), Annotations.SUBNET_ID, remedy);
            tell(problems, parsed.asked(), Annotations.NETWORK_ID, remedy);
        } else if (!internal) {
            beaten(problems, Annotations.SUBNET_ID, ofClass.subnetId());
            beaten(problems, Annotations.NETWORK_ID, ofClass.networkId());
        }
        if (!internal) {
            beaten(problems, Annotations.FLOATING_NETWORK_ID, ofClass.floatingNetworkId());
        }
    }

    private void floatingIp(Set<AnnotationProblem> problems, String remedy) {
        tell(problems, parsed.asked(), Annotations.FLOATING_NETWORK_ID, remedy);
        floatingSubnet(problems, remedy);
    }

    private void floatingSubnet(Set<AnnotationProblem> problems, String remedy) {
        tell(problems, parsed.asked(), Annotations.FLOATING_SUBNET_ID, remedy);
        tell(problems, parsed.asked(), Annotations.FLOATING_SUBNET, remedy);
        tell(problems, parsed.asked(), Annotations.FLOATING_SUBNET_TAGS, remedy);
    }

    /** The class beats an annotation that says something else. */
    private void beaten(Set<AnnotationProblem> problems, Annotation<String> annotation, @Nullable String byClass) {
        boolean same = parsed.asked()
                .find(annotation)
                .filter(asked -> asked.value().strip().equals(byClass))
                .isPresent();
        if (byClass != null && !same) {
            tell(problems, parsed.asked(), annotation, ofClassWins("\"" + byClass + "\""));
        }
    }

    private String ofClassWins(String what) {
        return "is not read, for " + what + " of "
                + parsed.asked().find(Annotations.CLASS).map(Asked::toString).orElse("the class") + " comes first";
    }

    /** One port may be excepted from what is asked of all. */
    private static void monitor(AskedSettings asked, Set<AnnotationProblem> problems) {
        Asked switched = asked.find(Annotations.ENABLE_HEALTH_MONITOR).orElse(null);
        if (switched == null || !switched.value().equals("false")) {
            return;
        }
        for (Annotation<?> annotation : List.of(Annotations.HEALTH_MONITOR_TYPE, Annotations.HEALTH_MONITOR_PATH)) {
            asked.find(annotation)
                    .filter(described -> described.isOfOnePort() || !switched.isOfOnePort())
                    .ifPresent(described ->
                            problems.add(ignored(described, "is not read, for " + switched + " wants no monitor")));
        }
    }

    private static void tell(
            Set<AnnotationProblem> problems, AskedSettings asked, Annotation<?> annotation, String remedy) {
        asked.find(annotation)
                .filter(found -> !found.value().isBlank())
                .ifPresent(found -> problems.add(ignored(found, remedy)));
    }

    private static AnnotationProblem ignored(Asked asked, String remedy) {
        return new AnnotationProblem(Severity.WARNING, asked.key(), asked.value(), remedy + ": remove one of the two");
    }
}
