package io.octavialb.build;

import com.google.common.net.InetAddresses;
import io.octavialb.config.Cidr;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.Facts;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.kubernetes.Endpoint;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of a port's pool: node ports, or the pods themselves.
 *
 * <p>Sorted, so that the order in a list is no difference. An address is a member once: a node that replaces another at
 * its address is there for a while beside it.
 */
record MemberBuild(Service service, List<Node> nodes, LoadBalancerSettings settings, Facts facts) {

    List<DesiredMember> of(ServicePort port, @Nullable Integer monitorPort) {
        Map<String, DesiredMember> bySocket = new LinkedHashMap<>();
        (settings.podsAreMembers() ? pods(port) : nodes(port, monitorPort))
                .forEach(member -> bySocket.putIfAbsent(member.address() + " " + member.protocolPort(), member));
        return List.copyOf(bySocket.values());
    }

    private Stream<DesiredMember> nodes(ServicePort port, @Nullable Integer monitorPort) {
        return port.nodePort() == 0
                ? Stream.of()
                : nodes.stream()
                        .sorted(Comparator.comparing(Node::name))
                        .flatMap(node -> addresses(node, port)
                                .map(address -> DesiredMember.serving(
                                        node.name(), address, port.nodePort(), subnet(address), monitorPort)));
    }

    private Stream<String> addresses(Node node, ServicePort port) {
        Cidr subnet = facts.memberCidr() == null
                ? null
                : Cidr.parse(facts.memberCidr()).orElse(null);
        return families(port).stream().flatMap(family -> NodeAddresses.in(subnet, node, family).stream());
    }

    /** A pod that serves and one of the same address that ends are one member, which serves. */
    private Stream<DesiredMember> pods(ServicePort port) {
        List<IpFamily> families = families(port);
        return service.endpoints().stream()
                .filter(endpoint -> endpoint.portName().equals(port.name())
                        && endpoint.protocol().equals(port.protocol())
                        && InetAddresses.isInetAddress(endpoint.address())
                        && families.contains(IpFamily.of(endpoint.address())))
                .sorted(Comparator.comparing(Endpoint::draining)
                        .thenComparing(Endpoint::pod)
                        .thenComparing(Endpoint::address))
                .map(this::member);
    }

    private DesiredMember member(Endpoint endpoint) {
        String address = InetAddresses.toAddrString(InetAddresses.forString(endpoint.address()));
        String name = endpoint.pod().isEmpty() ? address : endpoint.pod();
        return endpoint.draining()
                ? DesiredMember.draining(name, address, endpoint.port(), subnet(address))
                : DesiredMember.serving(name, address, endpoint.port(), subnet(address), null);
    }

    /**
     * A TCP stream is passed on by a proxy, which reaches members of either family from either VIP. Datagrams are
     * forwarded within their family.
     */
    private List<IpFamily> families(ServicePort port) {
        return port.protocol().equals("TCP") ? List.of(service.primaryFamily()) : facts.families();
    }

    private @Nullable String subnet(String address) {
        return IpFamily.of(address) == service.primaryFamily() ? facts.memberSubnetId() : facts.additionalSubnetId();
    }
}
