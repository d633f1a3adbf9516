package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudsYamlSource.CloudsYamlText;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.reconcile.Preview;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever users write gives values and problems, never an exception; each seed is 2,000 texts. */
class ConfigFuzzTest {
    private static final List<ServicePort> PORTS =
            List.of(new ServicePort("http", "TCP", 80, 30080), new ServicePort("", "UDP", 53, 0));
    private static final List<String> SUFFIXES = List.of("", "", ".http", ".53", ".", ".81");
    private static final int ROUNDS = 2_000;
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\t",
            "\n",
            "\r\n",
            "=",
            "[",
            "]",
            "\"",
            "\\",
            "#",
            ";",
            ",",
            "~",
            "!",
            "&",
            "*",
            "?",
            "{",
            "}",
            "(",
            ")",
            "/",
            ":",
            "%",
            ".",
            "-",
            "_",
            "0",
            "1",
            "-1",
            "5s",
            "1m30s",
            "99999999999999999999",
            "true",
            "false",
            "v1",
            "ROUND_ROBIN",
            "10.0.0.0/8",
            "::/0",
            "fe80::1%lo/64",
            "\uFEFF",
            "\u0000",
            "é",
            "\uD83D",
            "x",
            "a=b",
            "kube_service_",
            "- ",
            "&a ",
            "*a",
            "<<: ",
            "!!int ",
            "clouds:",
            "auth:",
            "null",
            "https://k/v3");

    private static String text(Random random, int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(_ -> PIECES.get(random.nextInt(PIECES.size())))
                .collect(Collectors.joining());
    }

    private static String line(Random random) {
        Option<?> option = CloudConfigOptions.ALL.get(random.nextInt(CloudConfigOptions.ALL.size()));
        return switch (random.nextInt(8)) {
            case 0 -> "[" + option.section() + "]";
            case 1 -> "[LoadBalancerClass \"" + text(random, 2) + "\"]";
            case 2 -> text(random, 8);
            case 3 -> option.key() + " = " + (option.defaultText() == null ? "x" : option.defaultText());
            case 4 -> "[Global]\nuse-clouds = true\ncloud = one";
            default -> option.key() + " = " + text(random, 3);
        };
    }

    private static String yaml(Random random) {
        return "clouds:\n  one:\n    auth:\n      auth_url: https://k/v3\n      password: " + text(random, 3)
                + "\n      user_id: " + text(random, 2) + "\n    verify: " + text(random, 1) + "\n" + text(random, 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyCloudConfigGivesAResult(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String text = Stream.generate(() -> line(random))
                    .limit(random.nextInt(20))
                    .collect(Collectors.joining("\n", random.nextBoolean() ? Configs.GLOBAL : "", "\n"));
            CloudConfigResult result =
                    CloudConfig.parse("cloud.conf", text, _ -> new CloudsYamlText.Found("clouds.yaml", yaml(random)));
            switch (result) {
                case CloudConfigResult.Invalid invalid ->
                    assertThat(invalid.problems()).as("%s", text).isNotEmpty();
                case CloudConfigResult.Valid valid ->
                    assertThat(LoadBalancerSettings.resolve(
                                    valid.config(), ServiceOptions.parse(annotations(random), PORTS)))
                            .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void anyAnnotationsGiveOptions(long seed) {
        Random random = new Random(seed);
        CloudConfig config = Configs.valid(Configs.GLOBAL);
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> annotations = annotations(random);
            ServiceOptions.Parsed parsed = ServiceOptions.parse(annotations, PORTS);
            assertThat(LoadBalancerSettings.resolve(config, parsed).problems()).containsAll(parsed.problems());
            assertThat(parsed.problems())
                    .allSatisfy(problem -> assertThat(annotations).containsKey(problem.key()));
        }
    }

    /** The way on from there: admission, facts, build and plan, for a new load balancer and for one that is there. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void anyServiceGivesAPlanOrProblems(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS / 10; round++) {
            OctaviaVersion version = new OctaviaVersion(2, random.nextInt(31));
            CloudConfig config = Clusters.config(random.nextInt(4) == 0 ? "lb-provider = ovn\n" : "");
            MemoryCloud cloud = new MemoryCloud(version);
            if (random.nextBoolean()) {
                Service plain = new ServiceBuilder().ports(PORTS).build();
                cloud.settled(config, Clusters.CLUSTER, plain, Clusters.NODES);
            }
            ServiceBuilder service = new ServiceBuilder().ports(PORTS);
            Map<String, String> annotations = annotations(random);
            annotations.forEach(service::annotation);
            if (random.nextInt(4) == 0) {
                service.loadBalancerIp(text(random, 3));
            }
            if (random.nextInt(4) == 0) {
                service.sourceRanges(text(random, 3), text(random, 2));
            }
            if (random.nextInt(4) == 0) {
                service.localTraffic(31_000);
            }
            Preview preview = cloud.reconciliation(config, Clusters.CLUSTER).preview(service.build(), Clusters.NODES);
            assertThat(preview)
                    .as("seed %d, round %d, Octavia %s, %s", seed, round, version, annotations)
                    .satisfies(found -> assertThat(found.toString()).doesNotContain("Exception"));
        }
    }

    private static Map<String, String> annotations(Random random) {
        Map<String, String> annotations = new HashMap<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            String key = random.nextInt(6) == 0
                    ? Annotations.PREFIX + text(random, 3)
                    : Annotations.ALL
                            .get(random.nextInt(Annotations.ALL.size()))
                            .key()
                            .concat(SUFFIXES.get(random.nextInt(SUFFIXES.size())));
            annotations.put(key, text(random, 4));
        }
        return annotations;
    }
}
