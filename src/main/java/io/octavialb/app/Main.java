package io.octavialb.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of the {@code octavia-lb} program. */
@Command(
        name = "octavia-lb",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Turns Kubernetes Services of type LoadBalancer into OpenStack Octavia load balancers.",
        subcommands = {ControllerCommand.class, CommandLine.HelpCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Exit codes: 0 done, 1 failed, 2 the command line is wrong. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((e, commandLine, _) -> {
            if (!(e instanceof StartupException)) {
                throw e;
            }
            commandLine.getErr().println("octavia-lb: " + e.getMessage());
            return 1;
        });
    }
}
