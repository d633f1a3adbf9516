package io.octavialb.app;

import io.octavialb.net.Capability;
import io.octavialb.net.NativeCalls;
import io.octavialb.net.SystemCallException;
import io.octavialb.vip.Rehearsal;
import io.octavialb.vip.VipAgent;
import io.octavialb.vip.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run of the agent, from its start to its stop. */
record VipAgentRun(Path config, String listen, @Nullable Path stateFile) {
    /**
     * The run that these arguments of {@code vip-agent} ask for, when they are plain: options with a word each, and nothing else.
     * Then there is no need for the command line's classes, which Java's AOT cache can't hold and which take longer to load than all
     * of the agent's; the backup that has to take over would wait for them.
     */
    static Optional<VipAgentRun> plain(List<String> arguments) {
        String config = null;
        String listen = VipAgent.DEFAULT_LISTEN;
        String stateFile = null;
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            String word = arguments.get(i + 1);
            switch (arguments.get(i)) {
                case "--config" -> config = word;
                case "--listen" -> listen = word;
                case "--state-file" -> stateFile = word;
                default -> {
                    return Optional.empty();
                }
            }
        }
        return config == null || arguments.size() % 2 != 0
                ? Optional.empty()
                : Optional.of(new VipAgentRun(Path.of(config), listen, stateFile == null ? null : Path.of(stateFile)));
    }

    /** Does not return: a stop that was asked for ends the process with 0, and a defect is a StartupException. */
    void untilStopped() throws StartupException, InterruptedException {
        begin();
        requireCapabilities();
        VipAgent.Defaults defaults = new VipAgent.Defaults(listen, Optional.ofNullable(stateFile));
        try (VipAgent agent = VipAgent.start(config, defaults, VipAgentRun::heedSignals)) {
            agent.join();
            if (!agent.endedByDefect()) {
                new CountDownLatch(1).await(); // for the end of the process, which the stop brings
            }
        } catch (VipAgent.Refused refused) {
            throw new StartupException(text(refused.problems()), refused);
        } catch (SystemCallException e) {
            throw new StartupException(
                    e.getMessage() + ": the agent needs Linux and the capabilities NET_ADMIN and NET_RAW", e);
        } finally {
            Logging.end();
        }
        throw new StartupException("the agent has ended by a defect of its own; the log says more");
    }

    /** Before the first class with a log. */
    private static void begin() {
        NativeCalls.prepare();
        AgentLog.use();
    }

    /** Without NET_ADMIN all sockets open, and an active router would hold no address. */
    private static void requireCapabilities() throws StartupException {
        Set<Capability> missing = missingCapabilities();
        if (!missing.isEmpty()) {
            throw new StartupException("the agent lacks the capabilities "
                    + missing.stream().map(Enum::name).collect(Collectors.joining(" and "))
                    + ": add them (in a container: securityContext.capabilities.add), or start it as root");
        }
    }

    private static Set<Capability> missingCapabilities() {
        Set<Capability> missing = EnumSet.of(Capability.NET_ADMIN, Capability.NET_RAW);
        try {
            missing.removeAll(Capability.effective());
        } catch (IOException _) {
            return Set.of(); // without /proc nobody can tell; what the kernel refuses is told then
        }
        return missing;
    }

    /** Plays a start for octavia-lb-aot, by the way of a real one. */
    static void rehearse() throws StartupException {
        begin();
        Set<Capability> _ = missingCapabilities(); // a start asks, and this one goes as far as it can without them
        try {
            Rehearsal.run();
        } catch (IOException e) {
            throw new StartupException("the start could not be rehearsed: " + e.getMessage(), e);
        } catch (VipAgent.Refused refused) {
            throw new StartupException(text(refused.problems()), refused);
        }
    }

    private static void heedSignals(VipAgent agent) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent), "stop"));
        agent.reloadOnHangup();
    }

    /** A stop that was asked for is a success; Java itself would say 143. A defect is for the supervisor to start it again. */
    private static void stop(VipAgent agent) {
        agent.close();
        Logging.end();
        Runtime.getRuntime().halt(agent.endedByDefect() ? 1 : 0);
    }

    /** All problems, a line each. */
    static String text(List<ConfigProblem> problems) {
        StringBuilder text = new StringBuilder("the configuration is refused");
        for (ConfigProblem problem : problems) {
            text.append(System.lineSeparator())
                    .append(problem.severity() == ConfigProblem.Severity.ERROR ? "" : "warning: ")
                    .append(problem);
        }
        return text.toString();
    }
}
