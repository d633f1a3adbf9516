package io.octavialb.app;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;

/** {@code octavia-lb}: the command line of the program. */
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
final class OctaviaLbCommand {
    /** EX_USAGE of sysexits.h; picocli's own 2 is taken. */
    private static final int USAGE = 64;

    private OctaviaLbCommand() {}

    /** Returns the exit code. */
    static int execute(List<String> words) {
        return commandLine().execute(words.toArray(String[]::new));
    }

    /** As {@code octavia-lb vip-agent}, without the classes of the other commands. */
    static int executeAgent(List<String> arguments) {
        return prepared(new CommandLine(new VipAgentCommand()).setCommandName("octavia-lb vip-agent"))
                .execute(arguments.toArray(String[]::new));
    }

    static CommandLine commandLine() {
        return prepared(new CommandLine(new OctaviaLbCommand()));
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
