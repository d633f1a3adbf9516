package io.octavialb.vip.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code docs/vip-agent.md}, written from the tables that parsing reads; its example is a file that other tests read. */
final class VipAgentPage {
    static final Path EXAMPLE = Path.of("src/test/resources/vrrp/config/control-plane-1.yaml");
    private static final String ABOUT_YAML = """
            # Configuration of vip-agent

            <!-- Generated from the YamlKeys and KeepalivedKeys tables. Change those, then: mvn test -Dtest=VipAgentPageTest -Dgolden.update=true -->

            What `octavia-lb vip-agent --config FILE` is told: the virtual routers of this node, in one of two formats. A file whose
            name ends in `.yaml` or `.yml` is in our own; any other is a keepalived.conf.

            - All mistakes are told at once, each with file, line and remedy. With an error the agent does not start, and a running
              one keeps what it had; with warnings it does, without what they name.
            - Between two routers, these have to be the same: `vrid`, `version`, `interval`, the list of `addresses`, `authentication`.
            - Refused, because two nodes would be active or an address would be lost: `peers` without a peer or with the node itself,
              a fraction of a second with version 2, the same `vrid` twice on an interface for a family, an address twice, a virtual
              address that is the node's own. A link-local address may be on several devices of a node.
            - Together with all that it includes, a configuration has at most 1 000 000 characters, 20 000 lines, 100 000 words
              and, in our own format, 50 000 values. No time is longer than a day.

            ## Our own format

            ```yaml
            EXAMPLE```

            Times have a unit: `10ms`, `1s`, `0.5s`, `2m`. Keys that are unknown, or said twice, are errors.
            """;
    private static final String ABOUT_KEEPALIVED = """

            ## keepalived.conf

            A file of keepalived 2.2.7 has the meaning it has there, line by line: comments (`#`, `!`), quotes and escapes, braces on
            the same line or the next, `include` (and `includer`, `includem`, `includew`, `includeb`, `includea`), parameters
            (`$NAME=value`, `${NAME}`, on several lines too, `${_PWD}`, `${_INSTANCE}`, `${_HASH}`, `${_BANG}`), and conditions
            (`@node`, `@^node`, compared with the host's name up to its first dot).

            - Errors, though keepalived goes on: numbers out of range or not readable (keepalived takes the default), `unicast_src_ip`
              or `unicast_peer` without a peer (multicast), a fraction of a second with version 2 (rounded), no `interface`, no
              `virtual_ipaddress`, `auth_type AH`, `reverse`, `authentication` without `auth_type`, two addresses on one line,
              unknown scripts and instances, `~SEQ`, `~LST`, `${_RANDOM}`.
            - More than keepalived: `interval` and `timeout` of a `vrrp_script` may have fractions.
            - `state MASTER` starts as backup like any other; without a `priority` it is 255. `nopreempt` and `preempt_delay` have no
              effect with it.
            - Weights that a member of a sync group tracks by itself do not count: an interface is tracked without its weight, a
              script that has one is not tracked.
            - Without `vrrp_garp_interval` announcements are 50 ms apart.
            - Scripts without a `user` or `script_user` run as the agent's own user.

            *used*: as described. *ignored*: accepted, changes nothing here. *warned*: accepted with a warning, has no effect. A key
            that is not in the table is a warning, with the nearest key that is.
            """;

    private VipAgentPage() {}

    static String text() throws IOException {
        return ABOUT_YAML.replace("EXAMPLE", Files.readString(EXAMPLE))
                + Arrays.stream(YamlKeys.In.values()).map(VipAgentPage::section).collect(Collectors.joining())
                + ABOUT_KEEPALIVED
                + Arrays.stream(KeepalivedKeys.In.values())
                        .map(VipAgentPage::section)
                        .collect(Collectors.joining());
    }

    private static String section(YamlKeys.In in) {
        return "\n### Keys of " + in + "\n\n| Key | Value | Default | Meaning |\n|---|---|---|---|\n"
                + YamlKeys.ALL.stream()
                        .filter(key -> key.in() == in)
                        .map(key ->
                                "| `%s` | %s | %s | %s |\n".formatted(key.name(), key.type(), key.unsaid(), key.doc()))
                        .collect(Collectors.joining());
    }

    private static String section(KeepalivedKeys.In in) {
        return "\n### " + in + "\n\n| Key | | |\n|---|---|---|\n"
                + KeepalivedKeys.ALL.stream()
                        .filter(key -> key.in() == in)
                        .map(key -> "| `%s` | %s | %s |\n"
                                .formatted(key.name(), key.use().name().toLowerCase(Locale.ROOT), meaning(key)))
                        .collect(Collectors.joining());
    }

    private static String meaning(KeepalivedKeys.Key key) {
        return key.remedy().isEmpty() ? key.text() : key.text() + "; " + key.remedy();
    }
}
