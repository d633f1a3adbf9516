package io.octavialb.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which load balancer the controller published last as a Service's, and whose that is. Users write {@code load-balancer-id}
 * too; this tells what they wrote from what was written here, when nothing of that id is there.
 *
 * @param own whether it was made for the Service; else the Service joined it
 */
public record LoadBalancerRecord(boolean own, String loadBalancerId) {
    private static final Pattern TEXT = Pattern.compile("(own|joined) (\\S+)");

    /** As it is written to the annotation. */
    public String text() {
        return (own ? "own " : "joined ") + loadBalancerId;
    }

    /** Empty for what is not written so. */
    public static Optional<LoadBalancerRecord> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new LoadBalancerRecord(matcher.group(1).equals("own"), matcher.group(2)))
                : Optional.empty();
    }
}
