package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.octavialb.model.kubernetes.IpFamily;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a security group, as {@code GET /v2.0/security-groups} shows it. What is null is not restricted.
 *
 * @param protocol a name or a number, as it was given
 * @param remoteIpPrefix in CIDR notation, as it was given
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecurityGroupRule(
        String id,
        String direction,
        String ethertype,
        @Nullable String protocol,
        @Nullable Integer portRangeMin,
        @Nullable Integer portRangeMax,
        @Nullable String remoteIpPrefix,
        @Nullable String remoteGroupId,
        @Nullable String remoteAddressGroupId) {

    public boolean ingress() {
        return direction.equals("ingress");
    }

    public IpFamily family() {
        return ethertype.equals("IPv6") ? IpFamily.IPv6 : IpFamily.IPv4;
    }

    /** Whether addresses alone decide who is admitted, and not membership in a group. */
    public boolean byAddress() {
        return remoteGroupId == null && remoteAddressGroupId == null;
    }

    /** Who is admitted, where addresses decide; no prefix is everyone. */
    public String remote() {
        return Objects.requireNonNullElse(remoteIpPrefix, family().everything());
    }

    /** The protocol as Neutron names it in lower case; null for any. */
    public @Nullable String protocolName() {
        String given = protocol == null ? "any" : protocol.toLowerCase(Locale.ROOT);
        return switch (given) {
            case "any", "all", "0" -> null;
            case "6" -> "tcp";
            case "17" -> "udp";
            case "132" -> "sctp";
            default -> given;
        };
    }

    @Override
    public String toString() {
        String ports = portRangeMin == null
                ? "any port"
                : portRangeMin.equals(portRangeMax) ? portRangeMin.toString() : portRangeMin + "-" + portRangeMax;
        String from = remoteGroupId != null ? "group " + remoteGroupId : remoteAddressGroupId;
        return Objects.requireNonNullElse(protocolName(), "any protocol") + "/" + ports + " from "
                + (from == null ? remote() : from);
    }
}
