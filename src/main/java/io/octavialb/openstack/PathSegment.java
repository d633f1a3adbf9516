package io.octavialb.openstack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An id as part of a path.
 *
 * <p>Ids come from annotations too, so what is not plainly an id never gets into a URL.
 */
final class PathSegment {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String MATCHES_NOTHING = "00000000-0000-0000-0000-000000000000";

    private PathSegment() {}

    static String of(String id) {
        return Matcher.quoteReplacement(ID.matcher(id).matches() ? id : MATCHES_NOTHING);
    }
}
