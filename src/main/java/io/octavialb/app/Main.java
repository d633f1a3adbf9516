package io.octavialb.app;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Entry of the {@code octavia-lb} program. It knows no class of the command line by its type, for those would be loaded with it: the
 * plain start of an agent does without them.
 */
public final class Main {
    private static final Set<String> SERVERS = Set.of("controller", "vip-agent");

    private Main() {}

    public static void main(String[] args) {
        List<String> words = List.of(args);
        System.exit(
                words.isEmpty() || !words.getFirst().equals("vip-agent")
                        ? command(words)
                        : agent(words.subList(1, words.size())));
    }

    private static int command(List<String> words) {
        if (!words.isEmpty() && !SERVERS.contains(words.getFirst())) {
            Logging.quiet();
        }
        return OctaviaLbCommand.execute(words);
    }

    private static int agent(List<String> arguments) {
        Optional<VipAgentRun> run = VipAgentRun.plain(arguments);
        boolean rehearsal = arguments.equals(List.of("--rehearse"));
        if (run.isEmpty() && !rehearsal) {
            if (arguments.contains("status")) {
                Logging.quiet();
            }
            return OctaviaLbCommand.executeAgent(arguments);
        }
        try {
            if (rehearsal) {
                VipAgentRun.rehearse();
                return 0;
            }
            run.get().untilStopped();
        } catch (StartupException e) {
            System.err.println("octavia-lb: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }
}
