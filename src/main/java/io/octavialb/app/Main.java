package io.octavialb.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;

/** Entry of the {@code octavia-lb} program. */
@Command(
        name = "octavia-lb",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        optionListHeading = "%n",
        synopsisSubcommandLabel = "COMMAND",
        description = "Turns Kubernetes Services of type LoadBalancer into OpenStack Octavia load balancers.",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            ControllerCommand.class,
            PlanCommand.class,
            OrphansCommand.class,
            VipAgentCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; what is wrong is said",
            "2:plan and orphans only: there is something to change",
            "64:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  octavia-lb controller --cloud-config cloud.conf    serve a cluster",
            "  octavia-lb plan default/web                        what would change, and why",
            "  octavia-lb help plan                               more about one command"
        })
public final class Main {
    /** EX_USAGE of sysexits.h; picocli's own 2 is taken. */
    private static final int USAGE = 64;

    private static final Set<String> SERVERS = Set.of("controller", "vip-agent");

    private Main() {}

    public static void main(String[] args) {
        boolean agent = args.length > 0 && args[0].equals("vip-agent");
        boolean server =
                args.length == 0 || (SERVERS.contains(args[0]) && !List.of(args).contains("status"));
        if (!server) {
            Logging.quiet();
        }
        System.exit(
                agent
                        ? agent(List.of(args).subList(1, args.length))
                        : commandLine().execute(args));
    }

    /** Without the classes of the other commands. */
    private static int agent(List<String> arguments) {
        Optional<VipAgentRun> run = VipAgentRun.plain(arguments);
        if (run.isEmpty()) {
            return prepared(new CommandLine(new VipAgentCommand()).setCommandName("octavia-lb vip-agent"))
                    .execute(arguments.toArray(String[]::new));
        }
        try {
            run.get().untilStopped();
        } catch (StartupException e) {
            System.err.println("octavia-lb: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    static CommandLine commandLine() {
        return prepared(new CommandLine(new Main()));
    }

    private static CommandLine prepared(CommandLine prepared) {
        IExecutionExceptionHandler failed = (e, commandLine, _) -> {
            if (!(e instanceof StartupException)) {
                throw e;
            }
            commandLine.getErr().println("octavia-lb: " + e.getMessage());
            return 1;
        };
        IParameterExceptionHandler wrong = (e, _) -> {
            CommandLine commandLine = e.getCommandLine();
            PrintWriter err = commandLine.getErr();
            err.println("octavia-lb: " + e.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
            err.println("Try: " + commandLine.getCommandSpec().qualifiedName() + " --help");
            return USAGE;
        };
        return prepared.setExecutionExceptionHandler(failed)
                .setParameterExceptionHandler(wrong)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(30);
    }
}
