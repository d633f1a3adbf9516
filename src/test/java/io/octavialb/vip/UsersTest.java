package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users that programs may run as. */
class UsersTest {
    @TempDir
    private Path empty;

    @Test
    void anotherUserNeedsSetpriv() throws IOException {
        String another = Users.isRoot() ? "nobody" : "root";
        assertThat(new Users().group(another)).matches("[0-9]+");
        assertThatThrownBy(() -> new Users(empty.toString()).group(another))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("setpriv");
        assertThat(new Users(empty.toString()).group(Users.own())).matches("[0-9]+");
    }

    @Test
    void thereMayBeNoSuchUser() {
        assertThatThrownBy(() -> new Users().group("no-such-user"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("there is no user no-such-user");
    }
}
