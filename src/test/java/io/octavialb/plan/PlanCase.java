package io.octavialb.plan;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.kubernetes.Endpoint;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A folder of {@code src/test/resources/plans}: what goes in, and the plan that has to come out.
 *
 * <ul>
 *   <li>{@code service.yaml}: the Service
 *   <li>{@code before.yaml}: optional; the Service as it was when the load balancer was last right
 *   <li>{@code nodes.yaml}, {@code nodes-before.yaml}: optional lists of Nodes; else those of {@code default/}
 *   <li>{@code endpoints.yaml}, {@code endpoints-before.yaml}: optional lists of the components of {@link Endpoint}
 *   <li>{@code cloud.conf}, {@code cloud-before.conf}: optional; else that of {@code default/}
 *   <li>{@code observed.json}: optional; the load balancer (or several) as Octavia answers it, whole, the floating IPs,
 *       security groups and ports; a port of an id that the cloud has replaces that
 *   <li>{@code octavia-version}: optional; else v2.30
 *   <li>{@code plan.txt}: the expected plan, or the outcome that takes its place
 * </ul>
 */
record PlanCase(Path folder) {
    static final Path ROOT = Path.of("src/test/resources/plans");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<PlanCase> all() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("service.yaml")))
                    .sorted()
                    .map(PlanCase::new)
                    .toList()
                    .stream();
        }
    }

    Service service() {
        return withEndpoints(KubernetesYaml.service(yaml("service.yaml")), "endpoints.yaml");
    }

    Optional<Service> before() {
        return Files.exists(folder.resolve("before.yaml"))
                ? Optional.of(withEndpoints(KubernetesYaml.service(yaml("before.yaml")), "endpoints-before.yaml"))
                : Optional.empty();
    }

    private Service withEndpoints(Service service, String name) {
        return Files.exists(folder.resolve(name))
                ? service.withEndpoints(JSON.convertValue(yaml(name), new TypeReference<List<Endpoint>>() {}))
                : service;
    }

    List<Node> nodes() {
        return nodes("nodes.yaml");
    }

    List<Node> nodesBefore() {
        return Files.exists(folder.resolve("nodes-before.yaml")) ? nodes("nodes-before.yaml") : nodes();
    }

    private List<Node> nodes(String name) {
        return StreamSupport.stream(yaml(name).spliterator(), false)
                .map(KubernetesYaml::node)
                .toList();
    }

    CloudConfig config() {
        return config("cloud.conf");
    }

    CloudConfig configBefore() {
        return Files.exists(folder.resolve("cloud-before.conf")) ? config("cloud-before.conf") : config();
    }

    private CloudConfig config(String name) {
        CloudConfigResult result = CloudConfig.parse(name, read(name), path -> {
            throw new IllegalStateException("a golden case asks for " + path);
        });
        return switch (result) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(folder + ": " + invalid);
        };
    }

    Optional<JsonNode> observed() {
        Path file = folder.resolve("observed.json");
        try {
            return Files.exists(file) ? Optional.of(JSON.readTree(Files.readString(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OctaviaVersion version() {
        Path file = folder.resolve("octavia-version");
        if (!Files.exists(file)) {
            return new OctaviaVersion(2, 30);
        }
        String[] parts = read("octavia-version").strip().substring(1).split("\\.", 2);
        return new OctaviaVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    Path plan() {
        return folder.resolve("plan.txt");
    }

    private JsonNode yaml(String name) {
        try {
            return YAML.readTree(read(name));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + "/" + name, e);
        }
    }

    /** A file of the folder, or, where it has none, of {@code default/}. */
    private String read(String name) {
        Path own = folder.resolve(name);
        try {
            return Files.readString(
                    Files.exists(own) ? own : ROOT.resolve("default").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
