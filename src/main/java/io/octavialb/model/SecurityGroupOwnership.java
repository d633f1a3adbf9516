package io.octavialb.model;

import io.octavialb.model.observed.SecurityGroup;

/**
 * Whose a security group is. Its name has the Service's UID in it, so the reference's group is known without a mark; the
 * mark tells a cluster that was copied with all UIDs from the one that it was copied from.
 */
public record SecurityGroupOwnership(Ownership ownership) {

    public String name() {
        String name = "lb-sg-" + ownership.serviceUid() + "-"
                + ownership.service().namespace() + "-" + ownership.service().name();
        return name.substring(0, Math.min(255, name.length()));
    }

    /** The reference's words, then the mark. */
    public String description() {
        return ownership.marked(phrase() + ownership.cluster().name());
    }

    private String phrase() {
        return "Security Group for " + ownership.service() + " Service LoadBalancer in cluster ";
    }

    /** Whether it was made for this Service: by this cluster, or, without any mark, by the reference. */
    public boolean owns(SecurityGroup group) {
        String description = group.description();
        boolean ours = description.endsWith(" " + ownership.cluster().mark());
        boolean unmarked = !description.contains(ClusterIdentity.MARK);
        return group.name().equals(name()) && (ours || (unmarked && description.startsWith(phrase())));
    }
}
