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
import java.util.List;

/**
 * What can be said against a Service before the cloud is asked anything.
 *
 * @param problems refuse the Service
 * @param warnings go along with it
 * @param members the nodes that are eligible and selected
 */
public record Admission(List<Notice> problems, List<Notice> warnings, List<Node> members) {
    public Admission {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        members = List.copyOf(members);
    }

    public static Admission of(Service service, LoadBalancerSettings.Resolved resolved, List<Node> nodes) {
        NodeSelector selector = resolved.settings().nodeSelector();
        List<Node> members = EligibleNodes.of(nodes).stream()
                .filter(node -> selector.matches(node.labels()))
                .toList();
        List<Notice> problems = new ArrayList<>(notices(resolved, Severity.ERROR, EventReasons.SYNC_FAILED));
        if (!resolved.settings().podsAreMembers()) {
            addUnlessServed(members, selector, service.primaryFamily(), problems);
        }
        addUnlessAddress(service, problems);
        return new Admission(problems, notices(resolved, Severity.WARNING, EventReasons.ANNOTATION_IGNORED), members);
    }

    private static List<Notice> notices(LoadBalancerSettings.Resolved resolved, Severity severity, String reason) {
        return resolved.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(AnnotationProblem::message)
                .map(message -> new Notice(reason, message))
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
        String asked = service.loadBalancerIp();
        if (asked != null
                && !(InetAddresses.isInetAddress(asked) && service.ipFamilies().contains(IpFamily.of(asked)))) {
            problems.add(new Notice(
                    EventReasons.SYNC_FAILED,
                    "spec.loadBalancerIP: \"" + asked + "\": not an address of a family in spec.ipFamilies, "
                            + service.ipFamilies() + ": correct it, or remove it"));
        }
    }

    private static String noMember(NodeSelector selector) {
        return selector.required().isEmpty()
                ? "every node is being deleted or is excluded: add nodes, or remove the label " + EligibleNodes.EXCLUDE
                : ServiceOptions.NODE_SELECTOR_KEY + ": \"" + selector
                        + "\" matches no eligible node: label nodes so, or change it";
    }
}
