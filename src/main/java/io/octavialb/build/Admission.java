package io.octavialb.build;

import com.google.common.net.InetAddresses;
import io.octavialb.config.AnnotationProblem;
import io.octavialb.config.AnnotationProblem.Severity;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.NodeSelector;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Notice;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be said against a Service before the cloud is asked anything.
 *
 * @param problems refuse a creation; on a load balancer that is there, what they are about is held
 * @param refused whether one of the problems leaves no safe way to go on, even on a load balancer that is there
 * @param fallbacks of a creation go along with it, by defaults; on a load balancer that is there they are problems
 * @param warnings go along with it
 * @param members the nodes that are eligible and selected
 */
public record Admission(
        List<Notice> problems, boolean refused, List<Notice> fallbacks, List<Notice> warnings, List<Node> members) {
    public Admission {
        problems = List.copyOf(problems);
        fallbacks = List.copyOf(fallbacks);
        warnings = List.copyOf(warnings);
        members = List.copyOf(members);
    }

    public static Admission of(Service service, LoadBalancerSettings.Resolved resolved, List<Node> nodes) {
        NodeSelector selector = resolved.settings().nodeSelector();
        List<Node> members = EligibleNodes.of(nodes).stream()
                .filter(node -> selector.matches(node.labels()))
                .toList();
        List<Notice> problems = new ArrayList<>(
                notices(resolved, EventReasons.SYNC_FAILED, EnumSet.of(Severity.KEEPS, Severity.ERROR)));
        boolean refused = AnnotationProblem.anyRefuses(resolved.problems());
        if (!resolved.settings().podsAreMembers()) {
            int before = problems.size();
            addUnlessServed(members, selector, service.primaryFamily(), problems);
            refused |= problems.size() > before;
        }
        addUnlessAddress(service, problems);
        return new Admission(
                problems,
                refused,
                notices(resolved, EventReasons.ANNOTATION_IGNORED, EnumSet.of(Severity.FALLS_BACK)),
                notices(resolved, EventReasons.ANNOTATION_IGNORED, EnumSet.of(Severity.WARNING)),
                members);
    }

    /** As it counts for a load balancer that is there, or for a creation. */
    public Admission on(boolean present) {
        return new Admission(
                present ? concat(problems, fallbacks) : problems,
                refused,
                List.of(),
                present ? warnings : concat(fallbacks, warnings),
                members);
    }

    private static List<Notice> concat(List<Notice> first, List<Notice> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<Notice> notices(
            LoadBalancerSettings.Resolved resolved, String reason, Set<Severity> severities) {
        return resolved.problems().stream()
                .filter(problem -> severities.contains(problem.severity()))
                .map(problem ->
                        new Notice(problem.isOfLbMethod() ? EventReasons.LB_METHOD_UNKNOWN : reason, problem.message()))
                .toList();
    }

    private static void addUnlessServed(
            List<Node> members, NodeSelector selector, IpFamily family, List<Notice> problems) {
        if (members.isEmpty()) {
            problems.add(new Notice(
                    EventReasons.NO_NODES,
                    "There are no available nodes for LoadBalancer: " + noMember(selector)
                            + "; the members stay as they are until then"));
        } else if (members.stream()
                .noneMatch(node -> NodeAddresses.of(node, family).isPresent())) {
            problems.add(new Notice(
                    EventReasons.NO_NODES,
                    "There are no available nodes for LoadBalancer: none has an InternalIP or ExternalIP of the family "
                            + family + ", the first of spec.ipFamilies: give the nodes such addresses, or change it"));
        }
    }

    private static void addUnlessAddress(Service service, List<Notice> problems) {
        if (!addressIsClear(service)) {
            String asked = service.loadBalancerIp();
            problems.add(new Notice(
                    EventReasons.SYNC_FAILED,
                    "spec.loadBalancerIP: \"" + asked + "\": not an address of a family in spec.ipFamilies, "
                            + service.ipFamilies() + ": correct it, or remove it"));
        }
    }

    /** Whether {@code spec.loadBalancerIP} is absent, or an address that the Service may have. */
    public static boolean addressIsClear(Service service) {
        String asked = service.loadBalancerIp();
        return asked == null
                || (InetAddresses.isInetAddress(asked) && service.ipFamilies().contains(IpFamily.of(asked)));
    }

    private static String noMember(NodeSelector selector) {
        return selector.required().isEmpty()
                ? "every node is being deleted or is excluded: add nodes, or remove the label " + EligibleNodes.EXCLUDE
                : ServiceOptions.NODE_SELECTOR_KEY + ": \"" + selector
                        + "\" matches no eligible node: label nodes so, or change it";
    }
}
