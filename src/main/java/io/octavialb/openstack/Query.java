package io.octavialb.openstack;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The query of a request: names may repeat, and the order is kept. */
record Query(List<Param> params) {
    static final Query NONE = new Query(List.of());

    record Param(String name, String value) {}

    Query {
        params = List.copyOf(params);
    }

    static Query of(String name, String value) {
        return new Query(List.of(new Param(name, value)));
    }

    Query and(String name, String value) {
        var all = new ArrayList<>(params);
        all.add(new Param(name, value));
        return new Query(all);
    }

    /**
     * The query of a further page: what its link says, and what was asked for at first and the link leaves out.
     * Octavia's links leave out the filters and {@code fields}.
     */
    Query followedBy(Query link) {
        Set<String> said = link.params.stream().map(Param::name).collect(Collectors.toSet());
        return new Query(Stream.concat(
                        params.stream().filter(param -> !said.contains(param.name())), link.params.stream())
                .toList());
    }

    /** Reads the query of a URL, without its question mark. */
    static Query parse(String raw) {
        return new Query(Arrays.stream(raw.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(Query::param)
                .toList());
    }

    private static Param param(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0
                ? new Param(decoded(pair), "")
                : new Param(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
