package io.octavialb.model;

import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.SecurityGroup;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Services of this cluster a resource in the cloud says it is for, without a Service at hand to compare it with.
 *
 * <p>Only what has this cluster's mark says so: names and tags alone may be another cluster's of the same name. A name
 * that was cut to 255 characters says nothing.
 */
public record Marked(ClusterIdentity cluster) {
    private static final int MAX_LENGTH = 255;
    private static final Pattern NAME = Pattern.compile("kube_service_(.*)_([^_]+)_([^_]+)");
    private static final Pattern FLOATING_IP =
            Pattern.compile("(?i:Floating IP for Kubernetes external service) ([^ /]+)/([^ /]+) from cluster .*");
    private static final Pattern SECURITY_GROUP =
            Pattern.compile("Security Group for ([^ /]+)/([^ /]+) Service LoadBalancer in cluster .*");
    private static final Pattern SECURITY_GROUP_NAME = Pattern.compile("lb-sg-([0-9a-f-]{36})-.*");

    /**
     * By the tags with today's cluster name, and by its own name where a controller gave it; none for one that is not
     * this cluster's.
     */
    public Set<ObjectKey> services(LoadBalancer loadBalancer) {
        Set<ObjectKey> services = new LinkedHashSet<>();
        if (!isOurs(loadBalancer)) {
            return services;
        }
        named(loadBalancer.name()).map(Named::service).ifPresent(services::add);
        loadBalancer.tags().stream()
                .flatMap(tag -> named(tag).stream())
                .filter(tag -> tag.cluster().equals(cluster.name()))
                .map(Named::service)
                .forEach(services::add);
        return services;
    }

    /** By the description; empty for one that is not this cluster's. */
    public Optional<ObjectKey> service(FloatingIp floatingIp) {
        Matcher matcher = FLOATING_IP.matcher(floatingIp.description());
        return floatingIp.description().endsWith(" " + cluster.mark()) && matcher.matches()
                ? Optional.of(new ObjectKey(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** A Service and its UID. */
    public record Identified(ObjectKey service, String uid) {}

    /** By name and description; empty for one that is not this cluster's. */
    public Optional<Identified> service(SecurityGroup group) {
        Matcher described = SECURITY_GROUP.matcher(group.description());
        Matcher named = SECURITY_GROUP_NAME.matcher(group.name());
        return group.description().endsWith(" " + cluster.mark()) && described.matches() && named.matches()
                ? Optional.of(new Identified(new ObjectKey(described.group(1), described.group(2)), named.group(1)))
                : Optional.empty();
    }

    private boolean isOurs(LoadBalancer loadBalancer) {
        String description = loadBalancer.description();
        return loadBalancer.tags().contains(cluster.mark())
                || (description != null && description.endsWith(" " + cluster.mark()));
    }

    private record Named(String cluster, ObjectKey service) {}

    private static Optional<Named> named(String nameOrTag) {
        Matcher matcher = NAME.matcher(nameOrTag);
        return nameOrTag.length() < MAX_LENGTH && matcher.matches()
                ? Optional.of(new Named(matcher.group(1), new ObjectKey(matcher.group(2), matcher.group(3))))
                : Optional.empty();
    }
}
