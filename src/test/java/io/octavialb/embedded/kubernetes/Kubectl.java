package io.octavialb.embedded.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl, with a home and a kubeconfig of its own. */
final class Kubectl {
    private static final int PATIENCE_SECONDS = 30;

    private final Path folder;
    private final Path kubeconfig;

    Kubectl(EmbeddedKubernetes kubernetes, Path folder) throws IOException {
        this.folder = folder;
        this.kubeconfig = kubernetes.kubeconfig(folder.resolve("kubeconfig"));
    }

    /** @param output what it wrote to both of its outputs */
    record Result(int exit, String output) {}

    /** A call that goes on until it is told to stop, or ends by itself. */
    static final class Running implements AutoCloseable {
        private final Process process;
        private final Path output;

        private Running(Process process, Path output) {
            this.process = process;
            this.output = output;
        }

        String output() throws IOException {
            return Files.readString(output);
        }

        Result end() throws IOException {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("kubectl did not end: " + output());
                }
                return new Result(process.exitValue(), output());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** @throws IOException if there is no kubectl on the PATH (Debian: {@code apt-get install kubernetes-client}) */
    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new java.io.File("/dev/null"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("KUBE_EDITOR", "sed -i s/8080/9090/");
        return new Running(builder.start(), output);
    }

    Result run(String... arguments) throws IOException {
        return start(arguments).end();
    }

    Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
