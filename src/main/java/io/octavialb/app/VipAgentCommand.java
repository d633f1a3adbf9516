package io.octavialb.app;

import io.octavialb.vip.VipAgent;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code octavia-lb vip-agent}: holds virtual IP addresses on this node by VRRP. */
@Command(
        name = "vip-agent",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        versionProvider = Version.class,
        optionListHeading = "%n",
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Holds virtual IP addresses on this node, and gives them to another one when this fails (VRRP, RFC 9568).",
            "",
            "Reads a keepalived.conf, or a file of its own that ends in .yaml. Needs the capabilities NET_ADMIN and NET_RAW. "
                    + "SIGHUP reads the configuration anew; SIGTERM hands the addresses over and ends."
        },
        commandListHeading = "%nCommands:%n",
        subcommands = VipAgentStatusCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; what is wrong is said", "64:the command line is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  octavia-lb vip-agent --config /etc/keepalived/keepalived.conf",
            "  octavia-lb vip-agent --config agent.yaml --check    only say what is wrong with it",
            "  octavia-lb vip-agent status                         what the running agent does"
        })
final class VipAgentCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A keepalived.conf, or our own format in a .yaml file.")
    private @Nullable Path config;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = VipAgent.DEFAULT_LISTEN,
            description = "Where metrics, health and status are served, unless the configuration says where.")
    private String listen = VipAgent.DEFAULT_LISTEN;

    @Option(
            names = "--state-file",
            paramLabel = "FILE",
            description =
                    "Where the addresses that may be held are recorded, unless the configuration says where. Needed before "
                            + "Linux 5.18 only, which keeps marks of them.")
    private @Nullable Path stateFile;

    @Option(names = "--check", description = "Read the configuration, say what is wrong, and end.")
    private boolean check;

    @Override
    public Integer call() throws StartupException, InterruptedException {
        CommandLine commandLine = commandLine();
        if (config == null) {
            throw new CommandLine.ParameterException(commandLine, "--config FILE is missing");
        }
        if (check) {
            return checked(config, commandLine);
        }
        new VipAgentRun(config, listen, stateFile).untilStopped();
        return 0;
    }

    private static int checked(Path config, CommandLine commandLine) throws StartupException {
        try {
            VipAgent.check(config).forEach(problem -> commandLine.getErr().println("warning: " + problem));
            commandLine.getOut().println(config + " can be used");
            return 0;
        } catch (VipAgent.Refused refused) {
            throw new StartupException(VipAgentRun.text(refused.problems()), refused);
        }
    }

    private CommandLine commandLine() {
        if (command == null) {
            throw new IllegalStateException("not run by the command line");
        }
        return command.commandLine();
    }
}
