package io.octavialb.app;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code octavia-lb completion}: a script that completes the command line. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        optionListHeading = "%n",
        parameterListHeading = "%n",
        description = "Prints a script that completes octavia-lb's command line in a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(octavia-lb completion bash)",
            "  octavia-lb completion bash > /etc/bash_completion.d/octavia-lb",
            "  echo 'source <(octavia-lb completion zsh)' >> ~/.zshrc"
        })
final class CompletionCommand implements Runnable {
    /** zsh reads bash's: the script turns its support for that on. */
    enum Shell {
        bash,
        zsh
    }

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Override
    public void run() {
        if (command == null) {
            throw new IllegalStateException("not run by the command line");
        }
        CommandLine program = command.root().commandLine();
        PrintWriter out = command.commandLine().getOut();
        switch (shell) {
            case bash, zsh -> out.println(AutoComplete.bash(program.getCommandName(), program));
        }
        out.flush();
    }
}
