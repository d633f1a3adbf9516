package io.octavialb.model.desired;

import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.observed.SecurityGroupRule;
import java.util.Locale;

/**
 * An ingress rule as it should be: one port, open to one network.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param remoteIpPrefix in canonical form; its family is the rule's
 */
public record DesiredSecurityGroupRule(String protocol, int port, String remoteIpPrefix) {

    /** A rule for a port, its protocol as Kubernetes writes it: {@code TCP}. */
    public static DesiredSecurityGroupRule of(String protocol, int port, String remoteIpPrefix) {
        return new DesiredSecurityGroupRule(protocol.toLowerCase(Locale.ROOT), port, remoteIpPrefix);
    }

    public IpFamily family() {
        return IpFamily.of(remoteIpPrefix);
    }

    /** Whether a rule is for this port and nothing else, whoever it admits. */
    public boolean opensSamePort(SecurityGroupRule rule) {
        return rule.ingress()
                && rule.family() == family()
                && protocol.equals(rule.protocolName())
                && Integer.valueOf(port).equals(rule.portRangeMin())
                && Integer.valueOf(port).equals(rule.portRangeMax());
    }

    /** Whether a rule that may be for more than this port opens it too, whoever it admits. */
    public boolean isOpenedBy(SecurityGroupRule rule) {
        return rule.ingress()
                && rule.family() == family()
                && (rule.protocolName() == null || protocol.equals(rule.protocolName()))
                && (rule.portRangeMin() == null || rule.portRangeMin() <= port)
                && (rule.portRangeMax() == null || rule.portRangeMax() >= port);
    }

    @Override
    public String toString() {
        return protocol + "/" + port + " from " + remoteIpPrefix;
    }
}
