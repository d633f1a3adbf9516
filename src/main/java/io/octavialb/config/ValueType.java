package io.octavialb.config;

import com.google.common.net.InternetDomainName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the text of an option or annotation becomes a value; the tables refer to it for parsing, problems and reference.
 *
 * @param name the type's name on the reference page
 * @param allowed what a problem says is allowed
 * @param secret whether the text must never be shown
 * @param parser empty = not allowed
 */
record ValueType<T>(String name, String allowed, boolean secret, Function<String, Optional<T>> parser) {
    private static final Duration LONGEST_DURATION = Duration.ofDays(1);
    private static final Pattern URL_PATH = Pattern.compile("/[!-~]{0,254}");
    private static final Pattern STATUS_CODES = Pattern.compile("[1-5]\\d\\d(,[1-5]\\d\\d)*|[1-5]\\d\\d-[1-5]\\d\\d");
    private static final List<String> HTTP_METHODS =
            List.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");
    private static final int LONGEST_TAG = 255;
    private static final int LONGEST_INTEGER = 12;
    private static final int LONGEST_HOST_NAME = 253;

    Optional<T> parse(String text) {
        return parser.apply(text);
    }

    static ValueType<String> text() {
        return shown("text", "any text", text -> Optional.of(text.strip()));
    }

    static ValueType<Secret> secretText() {
        return new ValueType<>("secret", "any text", true, text -> Optional.of(new Secret(text)));
    }

    /** A boolean as git-config knows it. */
    static ValueType<Boolean> gitBool() {
        Map<String, Boolean> known = Map.of(
                "true", true, "yes", true, "on", true, "1", true, "false", false, "no", false, "off", false, "0",
                false);
        return shown(
                "boolean",
                "true or false (also yes/no, on/off, 1/0)",
                text -> Optional.ofNullable(known.get(text.toLowerCase(Locale.ROOT))));
    }

    /** A boolean of an annotation: exactly {@code true} or {@code false}. */
    static ValueType<Boolean> strictBool() {
        Map<String, Boolean> known = Map.of("true", true, "false", false);
        return shown("boolean", "\"true\" or \"false\"", text -> Optional.ofNullable(known.get(text)));
    }

    static ValueType<Integer> integer(int least, int most) {
        String allowed = most == Integer.MAX_VALUE
                ? "a whole number of at least " + least
                : "a whole number from " + least + " to " + most;
        return shown("integer", allowed, text -> parseInteger(text).filter(n -> n >= least && n <= most));
    }

    /** A Go duration from {@code least} to a day. */
    static ValueType<Duration> duration(Duration least) {
        String allowed = "a duration with a unit, such as 5s or 1m30s, from " + least.toSeconds() + "s to 24h";
        return shown(
                "duration",
                allowed,
                text -> GoDuration.parse(text)
                        .filter(duration ->
                                duration.compareTo(least) >= 0 && duration.compareTo(LONGEST_DURATION) <= 0));
    }

    static <E extends Enum<E>> ValueType<E> upperCase(Class<E> type) {
        return named(Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(Enum::name, e -> e)));
    }

    /** One of the given words, which are case-sensitive. */
    static <T> ValueType<T> named(Map<String, T> words) {
        String allowed = "one of " + words.keySet().stream().sorted().collect(Collectors.joining(", "));
        return shown("enumeration", allowed, text -> Optional.ofNullable(words.get(text)));
    }

    static ValueType<String> httpUrl() {
        return shown("URL", "an http:// or https:// URL with a host and without a password", text -> {
            try {
                URI uri = new URI(text.strip());
                boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                return http && uri.getHost() != null && uri.getUserInfo() == null
                        ? Optional.of(text.strip())
                        : Optional.empty();
            } catch (URISyntaxException _) {
                return Optional.empty();
            }
        });
    }

    /** A name of DNS labels, as Kubernetes wants it in {@code status.loadBalancer.ingress[].hostname} (RFC 1123). */
    static ValueType<String> hostName() {
        return shown(
                "host name",
                "a DNS name in lower case, such as web.example.com",
                text -> Optional.of(text.strip())
                        .filter(name -> name.length() <= LONGEST_HOST_NAME
                                && name.equals(name.toLowerCase(Locale.ROOT))
                                && !name.endsWith(".")
                                && name.indexOf('_') < 0
                                && InternetDomainName.isValid(name)));
    }

    /** The path of a URL, as a health monitor's {@code url_path} may be. */
    static ValueType<String> urlPath() {
        return shown(
                "path",
                "a path from / on without spaces, such as /healthz?full=1",
                text -> Optional.of(text.strip())
                        .filter(path -> URL_PATH.matcher(path).matches()));
    }

    static ValueType<String> httpMethod() {
        return named(HTTP_METHODS.stream().collect(Collectors.toMap(method -> method, method -> method)));
    }

    /** What Octavia's {@code expected_codes} may be. */
    static ValueType<String> statusCodes() {
        return shown(
                "status codes",
                "a status code, several separated by commas, or a range: 200, or 200,202, or 200-204",
                text -> Optional.of(text.replace(" ", ""))
                        .filter(codes -> STATUS_CODES.matcher(codes).matches()));
    }

    static ValueType<List<Cidr>> cidrs() {
        return shown("list of CIDRs", "networks such as 10.0.0.0/8 or 2001:db8::/32, separated by commas", text -> {
            List<Optional<Cidr>> cidrs = items(text).map(Cidr::parse).toList();
            return cidrs.stream().allMatch(Optional::isPresent)
                    ? Optional.of(
                            cidrs.stream().flatMap(Optional::stream).distinct().toList())
                    : Optional.empty();
        });
    }

    /** Tags of a user's own; the prefixes that mark whose a load balancer is are refused. */
    static ValueType<List<String>> tags() {
        return shown(
                "list of tags",
                "tags of at most 255 characters, separated by commas, none starting with kube_service_ or octavia-lb:",
                text -> Optional.of(items(text)
                                .filter(tag -> !tag.isEmpty())
                                .distinct()
                                .toList())
                        .filter(tags -> tags.stream()
                                .noneMatch(tag -> tag.length() > LONGEST_TAG
                                        || tag.startsWith("kube_service_")
                                        || tag.startsWith("octavia-lb:"))));
    }

    static ValueType<NodeSelector> nodeSelector() {
        return shown(
                "node selector",
                "label=value pairs separated by commas; a label alone asks that it exists",
                NodeSelector::parse);
    }

    /** The pattern stays a text here, for a class, annotation or option gives it together with tags. */
    static ValueType<String> subnetName() {
        return shown(
                "subnet pattern",
                "a name, a glob, or ~ and a regular expression (RE2); a leading ! negates",
                text -> SubnetPattern.parse(text, null).map(_ -> text));
    }

    static ValueType<List<String>> list() {
        return shown(
                "list",
                "values separated by commas",
                text -> Optional.of(items(text).filter(item -> !item.isEmpty()).toList()));
    }

    private static <T> ValueType<T> shown(String name, String allowed, Function<String, Optional<T>> parser) {
        return new ValueType<>(name, allowed, false, parser);
    }

    private static Stream<String> items(String text) {
        return Arrays.stream(text.strip().split(",", -1)).map(String::strip);
    }

    private static Optional<Integer> parseInteger(String text) {
        if (text.length() > LONGEST_INTEGER) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
