package io.octavialb.build;

import com.google.common.net.InetAddresses;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the address by which a node is a member: its InternalIP, else its ExternalIP, of the wanted family. */
public final class NodeAddresses {
    private static final List<String> TYPES = List.of("InternalIP", "ExternalIP");

    private NodeAddresses() {}

    /** The address in canonical form (RFC 5952), as Octavia answers it; empty when the node has none. */
    public static Optional<String> of(Node node, IpFamily family) {
        return TYPES.stream()
                .flatMap(type -> ofType(node, type))
                .filter(address -> InetAddresses.isInetAddress(address) && IpFamily.of(address) == family)
                .map(address -> InetAddresses.toAddrString(InetAddresses.forString(address)))
                .findFirst();
    }

    private static Stream<String> ofType(Node node, String type) {
        return node.addresses().stream()
                .filter(address -> address.type().equals(type))
                .map(Node.Address::address);
    }
}
