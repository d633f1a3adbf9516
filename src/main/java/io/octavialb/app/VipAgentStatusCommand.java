package io.octavialb.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.vip.AgentStatus;
import io.octavialb.vip.AgentStatus.InstanceStatus;
import io.octavialb.vip.VipAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code octavia-lb vip-agent status}: what the agent of this node does, as a table. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Prints the virtual routers of the agent that runs on this node, and their roles.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:no agent answers", "64:the command line is wrong"})
final class VipAgentStatusCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("INSTANCE", "INTERFACE", "VRID", "ROLE", "PRIORITY", "SINCE", "ACTIVE", "ADDRESSES", "FAULTS");
    private static final int PATIENCE_MILLIS = 5000;

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            defaultValue = VipAgent.DEFAULT_LISTEN,
            description = "Where the agent listens.")
    private String address = "";

    @Override
    public Integer call() throws StartupException {
        if (command == null) {
            throw new IllegalStateException("not run by the command line");
        }
        PrintWriter out = command.commandLine().getOut();
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        read().instances().forEach(instance -> rows.add(row(instance)));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        rows.forEach(row -> out.println(line(row, widths)));
        return 0;
    }

    private AgentStatus read() throws StartupException {
        try {
            if (!(URI.create("http://" + address + "/status").toURL().openConnection()
                    instanceof HttpURLConnection agent)) {
                throw new IllegalStateException("http is http");
            }
            agent.setConnectTimeout(PATIENCE_MILLIS);
            agent.setReadTimeout(PATIENCE_MILLIS);
            try (InputStream body = agent.getInputStream()) {
                return new ObjectMapper().readValue(body, AgentStatus.class);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupException("no agent answers at " + address + ": " + e.getMessage(), e);
        }
    }

    private static List<String> row(InstanceStatus instance) {
        return List.of(
                instance.name(),
                instance.interfaceName(),
                instance.vrid() + " (v" + instance.version() + ")",
                instance.role(),
                String.valueOf(instance.priority()),
                since(Duration.ofMillis(instance.sinceMillis())),
                instance.active().isEmpty() ? "-" : instance.active(),
                String.join(",", instance.addresses()),
                instance.faults().isEmpty() ? "-" : String.join(", ", instance.faults()));
    }

    /** As kubectl writes ages: 42s, 7m, 3h, 12d. */
    private static String since(Duration age) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + "s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + "m";
        }
        return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(row.get(column));
            if (column < widths.length - 1) {
                line.append(" ".repeat(widths[column] - row.get(column).length() + 3));
            }
        }
        return line.toString();
    }
}
