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
        description = "Prints a script that completes octavia-lb's command line in a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(octavia-lb completion bash)                                          this shell",
            "  octavia-lb completion bash > /etc/bash_completion.d/octavia-lb                every bash",
            "  echo 'source <(octavia-lb completion zsh)' >> ~/.zshrc                        every zsh"
        })
final class CompletionCommand implements Runnable {
    /** zsh reads bash's, which turns zsh's own support for that on. */
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
        if (shell == Shell.zsh) {
            out.println("autoload -U +X compinit && compinit");
        }
        out.println(AutoComplete.bash(program.getCommandName(), program));
        out.flush();
    }
}
