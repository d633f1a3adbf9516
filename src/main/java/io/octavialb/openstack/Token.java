package io.octavialb.openstack;

import java.time.Instant;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/** A token of Keystone with the catalog that came with it. */
record Token(String id, Instant expires, KeystoneToken keystone) {
    @Override
    public String toString() {
        return "Token[expires=" + expires + "]";
    }
}
