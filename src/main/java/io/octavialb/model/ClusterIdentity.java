package io.octavialb.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which cluster this program works for.
 *
 * @param name {@code --cluster-name}: part of every name in the cloud, as in the reference; not unique
 * @param id tells clusters of one name apart: the UID of the namespace kube-system, or {@code --cluster-id}
 */
public record ClusterIdentity(String name, String id) {
    /** Starts every mark; never {@code kube_service_}, which the reference would count as sharing. */
    public static final String MARK = "octavia-lb:cluster=";

    /** What an id may look like, for messages. */
    public static final String VALID_IDS =
            "allowed are 1 to 63 letters, digits, '.', '_' and '-', a letter or digit first";

    private static final String NAME_MARK = "octavia-lb:name=";

    private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public ClusterIdentity {
        if (!isValidId(id)) {
            throw new IllegalArgumentException("cluster id \"" + id + "\": " + VALID_IDS);
        }
    }

    public static boolean isValidId(String id) {
        return VALID_ID.matcher(id).matches();
    }

    /** The tag on load balancers and the last word of descriptions. */
    public String mark() {
        return MARK + id;
    }

    /** The tag that tells what the cluster is called, on a load balancer whose parts are about to get the name. */
    public String nameMark() {
        return NAME_MARK + name;
    }

    /** The name that such a tag tells. */
    static Optional<String> nameIn(String tag) {
        return tag.startsWith(NAME_MARK) ? Optional.of(tag.substring(NAME_MARK.length())) : Optional.empty();
    }
}
