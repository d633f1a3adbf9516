package io.octavialb.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The real Keystone, Neutron and Octavia that {@code ./dev lab up} started, as its {@code out/ids.json} describes them.
 *
 * <p>Tests that use it carry the tag {@code lab}. They fail, and are never skipped, when it is not up. Names of
 * networks, subnets and the rest are listed in {@code src/lab/README.md}; their ids differ from build to build.
 */
public final class Lab {
    /** JUnit tag of every test that needs the lab. */
    public static final String TAG = "lab";

    private static final String DEFAULT_DIRECTORY = "/var/tmp/oslab";

    private final Path out;
    private final JsonNode ids;

    private Lab(Path out, JsonNode ids) {
        this.out = out;
        this.ids = ids;
    }

    /** The lab in {@code $OSLAB_DIR}, by default {@value #DEFAULT_DIRECTORY}. */
    public static Lab load() {
        var directory = System.getenv("OSLAB_DIR");
        return load(Path.of(directory == null || directory.isEmpty() ? DEFAULT_DIRECTORY : directory));
    }

    static Lab load(Path directory) {
        var out = directory.resolve("out");
        var file = out.resolve("ids.json");
        if (!Files.exists(file)) {
            throw new IllegalStateException("the lab is not up: ./dev lab up (there is no " + file + ")");
        }
        try {
            return new Lab(out, new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new IllegalStateException("the lab's " + file + " is unreadable: ./dev lab down, ./dev lab up", e);
        }
    }

    /** Keystone's URL with its version, such as {@code http://127.0.0.1:5000/v3}. */
    public URI authUrl() {
        return URI.create(text("auth_url"));
    }

    /** Neutron's URL without a version. */
    public URI networkUrl() {
        return URI.create(text("network_url"));
    }

    /** Octavia's URL without a version. */
    public URI loadBalancerUrl() {
        return URI.create(text("load_balancer_url"));
    }

    public String region() {
        return text("region");
    }

    /** What the controller logs in with: user and project {@code occm}. */
    public ApplicationCredential applicationCredential() {
        return new ApplicationCredential(
                text("application_credential", "id"), text("application_credential", "secret"));
    }

    public String project(String name) {
        return text("projects", name);
    }

    public String network(String name) {
        return text("networks", name);
    }

    public String subnet(String name) {
        return text("subnets", name);
    }

    public String securityGroup(String name) {
        return text("security_groups", name);
    }

    public String port(String name) {
        return text("ports", name);
    }

    public String flavor(String name) {
        return text("flavors", name);
    }

    /** A cloud-config file for this lab, as a user would write it. */
    public Path cloudConfig() {
        return out.resolve("cloud.conf");
    }

    /** Clouds admin, occm, occm-app, occm-reader and other. */
    public Path cloudsYaml() {
        return out.resolve("clouds.yaml");
    }

    private String text(String... path) {
        var node = ids;
        for (var name : path) {
            node = node.path(name);
        }
        if (!node.isTextual()) {
            throw new IllegalArgumentException(
                    "the lab has no " + String.join(" ", path) + " (see " + out.resolve("ids.json") + ")");
        }
        return node.textValue();
    }

    /** An application credential of Keystone; its secret stays out of {@link #toString}. */
    public record ApplicationCredential(String id, String secret) {
        @Override
        public String toString() {
            return "ApplicationCredential[id=" + id + "]";
        }
    }
}
