package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkSettingsTest {
    @TempDir
    Path net;

    @BeforeEach
    void write() throws IOException {
        set("ipv4/conf/all/arp_ignore", 0);
        set("ipv4/conf/eth0/arp_ignore", 1);
        set("ipv4/conf/all/arp_announce", 2);
        set("ipv4/conf/eth0/arp_announce", 0);
        set("ipv4/conf/all/rp_filter", 2);
        set("ipv4/conf/eth0/rp_filter", 1);
    }

    @Test
    void areTheGreaterOfAllAndTheInterfacesOwn() throws Exception {
        set("ipv6/conf/eth0/disable_ipv6", 0);
        set("ipv6/conf/all/accept_dad", 0);
        set("ipv6/conf/eth0/accept_dad", 1);
        set("ipv6/conf/eth0/forwarding", 1);
        assertThat(LinkSettings.read(net, "eth0")).isEqualTo(new LinkSettings(1, 2, 2, true, 1, true));
        set("ipv6/conf/eth0/disable_ipv6", 1);
        assertThat(LinkSettings.read(net, "eth0").ipv6()).isFalse();
    }

    @Test
    void areThoseOfIpv4OnAKernelWithoutIpv6() throws Exception {
        assertThat(LinkSettings.read(net, "eth0")).isEqualTo(new LinkSettings(1, 2, 2, false, 0, false));
    }

    @Test
    void areUnknownOfAnInterfaceThatIsNotThere() {
        assertThatThrownBy(() -> LinkSettings.read(net, "eth9")).isInstanceOf(NoSuchFileException.class);
    }

    private void set(String setting, int value) throws IOException {
        Path file = net.resolve(setting);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value + "\n");
    }
}
