package io.octavialb.vip.config;

import io.octavialb.vip.config.CheckSettings.Probe;
import io.octavialb.vip.config.YamlKeys.In;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads a check. */
final class YamlCheck {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
    private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
    private static final String DEFAULT_STATUS = "200-399";

    private final String file;
    private final YamlMap map;
    private final Problems problems;

    private YamlCheck(String file, YamlMap map, Problems problems) {
        this.file = file;
        this.map = map;
        this.problems = problems;
    }

    static Optional<CheckSettings> read(String file, String name, YamlMap map, Problems problems) {
        return new YamlCheck(file, map, problems).read(name);
    }

    private Optional<CheckSettings> read(String name) {
        Optional<Probe> probe = probe(name);
        Duration interval = positive("interval", DEFAULT_INTERVAL);
        Duration timeout = positive("timeout", interval);
        int rise = atLeastOne("rise");
        int fall = atLeastOne("fall");
        Integer weight = YamlTracked.weight(map);
        Said<Boolean> startsFailed = map.flag("startsFailed");
        return probe.map(known -> new CheckSettings(
                name,
                known,
                interval,
                timeout,
                rise,
                fall,
                weight == null ? 0 : weight,
                startsFailed != null && startsFailed.value(),
                map.place()));
    }

    private Optional<Probe> probe(String name) {
        List<String> said =
                List.of("script", "tcp", "http").stream().filter(map::has).toList();
        if (said.size() != 1) {
            problems.error(
                    map.place(),
                    "check " + name + (said.isEmpty() ? " checks nothing" : " has " + String.join(" and ", said)),
                    "write one of script, tcp and http");
            return Optional.empty();
        }
        return switch (said.getFirst()) {
            case "script" -> YamlCommand.read(file, map, "script", problems).map(Probe.Script::new);
            case "tcp" ->
                Optional.ofNullable(map.read("tcp", YamlCheck::tcp, "host:port, such as 127.0.0.1:6443"))
                        .map(Said::value);
            default -> http();
        };
    }

    private static Optional<Probe> tcp(String text) {
        if (!GlobalChecks.isHostAndPort(text)) {
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        return Optional.of(new Probe.Tcp(host, Integer.parseInt(text.substring(colon + 1))));
    }

    private Optional<Probe> http() {
        if (!(map.node("http") instanceof MappingNode node)) {
            return url(map, "http").map(url -> http(url, DEFAULT_STATUS).orElseThrow());
        }
        return YamlMap.of(file, node, In.HTTP, problems).flatMap(http -> {
            if (!http.has("url")) {
                problems.error(http.place(), "http has no url", "write url:");
            }
            Optional<String> url = url(http, "url");
            Said<String> status = http.read(
                    "status",
                    text -> Optional.of(text).filter(range -> http("", range).isPresent()),
                    "a status or two, such as 200-399");
            boolean statusWrong = http.has("status") && status == null;
            return statusWrong
                    ? Optional.empty()
                    : url.flatMap(known -> http(known, status == null ? DEFAULT_STATUS : status.value()));
        });
    }

    private static Optional<String> url(YamlMap from, String key) {
        return AgentDraft.value(from.read(key, YamlCheck::url, "a URL, such as http://127.0.0.1:8080/healthz"));
    }

    private static Optional<String> url(String text) {
        try {
            URI uri = new URI(text);
            boolean good = uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
            return good ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** Empty if the range of statuses is none. */
    private static Optional<Probe> http(String url, String range) {
        Matcher matcher = STATUS.matcher(range);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int lowest = Integer.parseInt(matcher.group(1));
        int highest = matcher.group(2) == null ? lowest : Integer.parseInt(matcher.group(2));
        return lowest > highest ? Optional.empty() : Optional.of(new Probe.Http(url, lowest, highest));
    }

    private Duration positive(String key, Duration unsaid) {
        Said<Duration> time = map.time(key);
        if (time != null && time.value().isZero()) {
            map.wrong(time.place(), key, "0", "more than 0");
        }
        return time == null ? unsaid : time.value();
    }

    private int atLeastOne(String key) {
        Said<Long> number = map.whole(key);
        if (number != null && number.value() < 1) {
            map.wrong(number.place(), key, number.value().toString(), "a whole number of at least 1");
        }
        return number == null ? 1 : Math.toIntExact(number.value());
    }
}
