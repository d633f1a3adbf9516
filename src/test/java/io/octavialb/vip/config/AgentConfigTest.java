package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vip.config.ConfigProblem.Severity;
import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the case files do not show. */
class AgentConfigTest {
    private static final String INSTANCE = """
            vrrp_instance one {
                interface eth0
                virtual_router_id 1
                virtual_ipaddress {
                    192.0.2.1
                }
                %s
            }
            """;

    @Test
    void aPasswordIsKeptAndNeverPrinted() {
        ConfigResult result = keepalived("authentication {\nauth_type PASS\nauth_pass \"a#b!c{d}ef\"\n}");
        assertThat(only(result).authentication()).isEqualTo(new Authentication.Password("a#b!c{d}"));
        assertThat(result.toString()).doesNotContain("a#b");
    }

    @Test
    void noProblemPrintsAPassword() {
        assertThat(keepalived("authentication {\nauth_type PASS\nauth_pass \"sesame\n}")
                        .toString())
                .doesNotContain("sesame");
        assertThat(keepalived("authentication {\nauth_pass s\u00e9same\n}").toString())
                .doesNotContain("s\u00e9same");
        assertThat(MapSource.yaml("instances: {x: {authentication: {password: [sesame]}}}")
                        .toString())
                .doesNotContain("sesame");
    }

    @Test
    void parametersAreReplacedInCommands() {
        ConfigResult result = keepalived("$X=deep\nnotify \"/opt/n ${X} ${UNKNOWN} ${_INSTANCE} ${_PWD} $X $HOME\"");
        assertThat(only(result).notified().any().orElseThrow().words())
                .containsExactly("/opt/n", "deep", "${UNKNOWN}", "node-1", "/etc/keepalived", "deep", "$HOME");
    }

    @Test
    void conditionsComeWithTheNameOfTheHost() {
        String text = INSTANCE.formatted("@a priority 10\n@b priority 20\n@^a priority 30");
        assertThat(List.of("a", "b").stream()
                        .map(host -> only(AgentConfig.parse("x", new MapSource(Map.of("x", text), host)))
                                .priority()))
                .containsExactly(10, 30);
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        for (String file : List.of("x.conf", "x.yaml", "x.yml")) {
            ConfigResult result = AgentConfig.parse(file, new MapSource(Map.of(), ""));
            assertThat(result.settings()).isEmpty();
            assertThat(result.problems())
                    .anySatisfy(problem -> assertThat(problem.text()).contains("can't be read: No such file"));
        }
    }

    @Test
    void anAddressOfTheNodeItselfIsRefused() {
        AgentSettings settings =
                keepalived("unicast_peer {\n192.0.2.9\n}").settings().orElseThrow();
        assertThat(NodeAddresses.problems(settings, Set.of(onDocker("192.0.2.7"))))
                .isEmpty();
        assertThat(NodeAddresses.problems(settings, Set.of(onDocker("192.0.2.1"), onDocker("192.0.2.9"))))
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "instance one: the virtual address 192.0.2.1 is this node's own",
                        "instance one: the peer 192.0.2.9 is this node itself");
    }

    @Test
    void aLinkLocalAddressOfTheNodeIsInTheWayOnItsOwnDeviceOnly() {
        AgentSettings settings = MapSource.yaml("""
                instances:
                  one: {interface: eth0, vrid: 1, addresses: [fe80::1], peers: [fe80::2]}
                """).settings().orElseThrow();
        assertThat(NodeAddresses.problems(settings, Set.of(onDocker("fe80::1"), onDocker("fe80::2"))))
                .isEmpty();
        assertThat(NodeAddresses.problems(
                        settings,
                        Set.of(
                                new NodeAddress(IpAddress.parse("fe80::1"), "eth0"),
                                new NodeAddress(IpAddress.parse("fe80::2"), "eth0"))))
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "instance one: the virtual address fe80::1 is this node's own",
                        "instance one: the peer fe80::2 is this node itself");
    }

    private static NodeAddress onDocker(String address) {
        return new NodeAddress(IpAddress.parse(address), "docker0");
    }

    @Test
    void aLinkLocalAddressMayBeOnSeveralDevices() {
        assertThat(MapSource.yaml("""
                        instances:
                          one:
                            interface: eth0
                            vrid: 1
                            addresses: [fe80::1]
                            excluded: [{address: fe80::1, device: eth1}, {address: fe80::1, device: eth2}]
                          two: {interface: eth3, vrid: 1, addresses: [fe80::1]}
                        """).problems()).isEmpty();
    }

    @Test
    void anAddressIsThatOfOneVirtualRouterOnce() {
        assertThat(MapSource.yaml("""
                        instances:
                          one:
                            interface: eth0
                            vrid: 1
                            addresses: [fe80::1, 2001:db8::1]
                            excluded: [{address: fe80::1, device: eth0}]
                          two: {interface: eth1, vrid: 2, addresses: [fe80::1, 2001:db8::1]}
                        """).problems())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "instance one: fe80::1 is a virtual address of instance one already",
                        "instance two: 2001:db8::1 is a virtual address of instance one already");
    }

    @Test
    void keepalivedsRouterIdIsAcceptedSilentlyAndOursHasNone() {
        assertThat(MapSource.keepalived("global_defs {\nrouter_id node\n}\n" + INSTANCE.formatted(""))
                        .problems())
                .isEmpty();
        assertThat(MapSource.yaml("routerId: node").problems())
                .extracting(ConfigProblem::text)
                .contains("routerId is unknown in the file");
    }

    @Test
    void aKeepalivedConfNeedNotBeUtf8() {
        String text = "! f\u00fcr\n" + INSTANCE.formatted("notify /opt/f\u00fcr");
        ConfigResult result = AgentConfig.parse("x.conf", new Octets(text.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(result.settings()).isPresent();
        assertThat(result.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("x.conf:8: octets that are not UTF-8 are not understood — write the file in UTF-8");
        assertThat(AgentConfig.parse("x.conf", new Octets(text.getBytes(StandardCharsets.UTF_8)))
                        .problems())
                .isEmpty();
    }

    @Test
    void aYamlFileHasToBeUtf8() {
        byte[] text = "scriptUser: root\n# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(AgentConfig.parse("x.yaml", new Octets(text)).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "x.yaml:2: octets that are not UTF-8, which YAML is written in — write the file in UTF-8");
    }

    private record Octets(Text text) implements ConfigSource {
        Octets(byte[] octets) {
            this(Text.of(octets));
        }

        @Override
        public Text read(String path) {
            return text;
        }

        @Override
        public Matches glob(String pattern, String relativeTo) {
            return new Matches(List.of(), List.of("/etc/conf.d can't be read: Permission denied"));
        }

        @Override
        public String configId() {
            return "";
        }
    }

    @Test
    void aFolderThatCantBeReadIsTold() {
        for (String include : List.of("include", "includer", "includem", "includew", "includea")) {
            ConfigResult result = AgentConfig.parse(
                    "x.conf", new Octets((include + " conf.d/*.conf").getBytes(StandardCharsets.UTF_8)));
            assertThat(result.problems())
                    .filteredOn(problem -> problem.text().equals("/etc/conf.d can't be read: Permission denied"))
                    .extracting(ConfigProblem::severity)
                    .containsExactly(
                            include.equals("includer") || include.equals("includea")
                                    ? Severity.ERROR
                                    : Severity.WARNING);
        }
    }

    /** Debian's package brings them; where it is not installed there is nothing to read, and the case files stand for them. */
    @Test
    void keepalivedsOwnSamplesHaveNoUnknownBlocks() throws IOException {
        Path samples = Path.of("/usr/share/doc/keepalived/samples");
        if (!Files.isDirectory(samples)) {
            return;
        }
        try (Stream<Path> files = Files.list(samples)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("keepalived.conf"))
                    .toList();
            assertThat(names)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(name -> assertThat(AgentConfig.parse(name, new FolderSource(samples, "node-1"))
                                    .problems())
                            .noneMatch(problem -> problem.text().contains("unknown in the top level")));
        }
    }

    private static ConfigResult keepalived(String inside) {
        return MapSource.keepalived(INSTANCE.formatted(inside));
    }

    private static InstanceSettings only(ConfigResult result) {
        return result.settings().orElseThrow().instances().getFirst();
    }
}
