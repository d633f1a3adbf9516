package io.octavialb.vrrp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;

/** The virtual router of a conformance case; what the file does not say is: version 3, IPv4, VRID 51, priority 100, 1 s, preempt. */
final class RouterCase {
    private static final long MILLISECOND = 1_000_000;

    private RouterCase() {}

    static VirtualRouter read(JsonNode node) {
        IpAddress source = IpAddress.parse(node.path("source").asText("10.0.0.5"));
        String password = node.path("password").asText("");
        return new VirtualRouter(
                node.path("version").asInt(3) == 2 ? Version.V2 : Version.V3,
                source.family(),
                node.path("vrid").asInt(51),
                node.path("priority").asInt(100),
                node.path("interval").asInt(100),
                node.path("preempt").asBoolean(true),
                node.path("preemptDelay").asLong(0) * MILLISECOND,
                node.path("inSyncGroup").asBoolean(false),
                source,
                addresses(node.path("addresses").asText("10.0.0.100")),
                password.isEmpty() ? new Authentication.None() : new Authentication.Password(password),
                Checksum.PSEUDO_HEADER,
                new Announcements(
                        node.path("repeat").asInt(1),
                        node.path("again").asLong(0) * MILLISECOND,
                        node.path("refresh").asLong(0) * MILLISECOND,
                        1,
                        50 * MILLISECOND,
                        node.path("contested").asInt(1),
                        0));
    }

    static List<IpAddress> addresses(String text) {
        List<IpAddress> addresses = new ArrayList<>();
        for (String address : Splitter.on(' ').split(text)) {
            addresses.add(IpAddress.parse(address));
        }
        return addresses;
    }
}
