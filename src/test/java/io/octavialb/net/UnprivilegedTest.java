package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.octavialb.vrrp.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As a user that is not root, with the two capabilities that the documentation asks for, and with fewer. */
@Tag("netns")
class UnprivilegedTest {
    private static Ends ends;

    @BeforeAll
    static void lay() {
        ends = Ends.create("cap");
    }

    @AfterAll
    static void take() {
        ends.close();
    }

    @Test
    void netAdminAndNetRawAreEnough(@TempDir Path directory) throws Exception {
        assertThat(probe(directory, "+net_admin,+net_raw")).isEqualToIgnoringNewLines("""
                        capabilities [NET_ADMIN, NET_RAW]
                        settings true
                        realtime Optional[sched_setscheduler(SCHED_FIFO) to priority 10: EPERM (Operation not permitted)]
                        IPV4 received false removed true
                        IPV6 received false removed true
                        """);
    }

    @Test
    void withoutNetRawItSaysSo(@TempDir Path directory) throws Exception {
        assertThat(probe(directory, "+net_admin")).contains("socket on eth0: EPERM (Operation not permitted)");
    }

    @Test
    void withoutNetAdminItSaysSo(@TempDir Path directory) throws Exception {
        assertThat(probe(directory, "+net_raw"))
                .contains("RTM_NEWADDR of 10.9.0.100/32 on eth0: EPERM (Operation not permitted)");
    }

    /** Runs the probe as nobody, with these capabilities and no others; what it prints. */
    private static String probe(Path directory, String capabilities) throws Exception {
        return ends.left.run(
                "setpriv",
                "--reuid=65534",
                "--clear-groups",
                "--bounding-set=-all," + capabilities,
                "--inh-caps=-all," + capabilities,
                "--ambient-caps=-all," + capabilities,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                readableByAll(directory),
                UnprivilegedProbe.class.getName());
    }

    /** The class path that the probe needs, copied to where another user can read it: it may lie in this one's home. */
    private static String readableByAll(Path directory) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> copies = new ArrayList<>();
        for (Class<?> here : List.of(UnprivilegedProbe.class, IpAddress.class, InetAddresses.class)) {
            Path original = Path.of(
                    here.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path copy = directory.resolve(here.getSimpleName());
            ends.left.run("cp", "-rL", original.toString(), copy.toString());
            ends.left.run("chmod", "-R", "a+rX", copy.toString());
            copies.add(copy.toString());
        }
        return String.join(":", copies);
    }
}
