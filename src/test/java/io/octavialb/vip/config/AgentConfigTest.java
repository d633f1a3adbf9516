package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.IpAddress;
import java.io.IOException;
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
        assertThat(NodeAddresses.problems(settings, Set.of(IpAddress.parse("192.0.2.7"))))
                .isEmpty();
        assertThat(NodeAddresses.problems(settings, Set.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.9"))))
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "instance one: the virtual address 192.0.2.1 is this node's own",
                        "instance one: the peer 192.0.2.9 is this node itself");
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
