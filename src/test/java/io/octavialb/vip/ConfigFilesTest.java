package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vip.config.ConfigSource.Matches;
import io.octavialb.vip.config.ConfigSource.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as a configuration includes them. */
class ConfigFilesTest {
    private final ConfigFiles files = new ConfigFiles();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String name : List.of("b.conf", "a.conf", ".a.conf.swp", ".hidden.conf", "conf.d/c.conf", ".git/d.conf")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        Files.createDirectory(folder.resolve("folder.conf"));
    }

    @Test
    void aWildcardDoesNotMatchALeadingDot() {
        assertMatches("*.conf", "a.conf", "b.conf");
        assertMatches("*", "a.conf", "b.conf");
        assertMatches(".*.conf", ".hidden.conf");
        assertMatches("*/*.conf", "conf.d/c.conf");
        assertMatches(".g*/*.conf", ".git/d.conf");
        assertMatches("conf.?/c.conf", "conf.d/c.conf");
        assertMatches("[!b].conf", "a.conf");
    }

    @Test
    void withoutAWildcardItIsTheFileItself() {
        assertMatches("a.conf", "a.conf");
        assertMatches(folder + "/a.conf", "a.conf");
        assertMatches("none.conf");
        assertMatches("none/*.conf");
        assertMatches("a.conf/*.conf");
        assertMatches("\0");
    }

    private void assertMatches(String pattern, String... names) {
        List<String> paths = List.of(names).stream()
                .map(name -> folder.resolve(name).toString())
                .toList();
        assertThat(files.glob(pattern, folder.resolve("main").toString())).isEqualTo(new Matches(paths, List.of()));
    }

    @Test
    void aFolderThatCantBeReadIsTold() throws IOException {
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop); // as unreadable to root as to anybody
        Matches matches = files.glob("loop/*.conf", folder.resolve("main").toString());
        assertThat(matches.files()).isEmpty();
        assertThat(matches.unreadable())
                .singleElement()
                .asString()
                .startsWith(loop + " can't be read: Too many levels of symbolic links");
    }

    @Test
    void ofAFileWithoutEndNoMoreIsReadThanItTakesToRefuseIt() {
        assertThat(files.read("/dev/zero")).isEqualTo(new Text.TooLong());
    }

    @Test
    void whatIsNotUtf8IsReplaced() throws IOException {
        Path file = Files.write(folder.resolve("latin1"), new byte[] {'f', (byte) 0xfc, 'r'});
        assertThat(files.read(file.toString())).isEqualTo(new Text.Found("f\ufffdr", true));
    }

    @Test
    void whyThereIsNoTextIsTold() {
        assertThat(files.read(folder.resolve("none").toString()))
                .isEqualTo(new Text.Unreadable("No such file or directory"));
        assertThat(files.read(folder.toString())).isEqualTo(new Text.Unreadable("Is a directory"));
    }
}
