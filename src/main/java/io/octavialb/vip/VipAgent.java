package io.octavialb.vip;

import com.google.common.net.HostAndPort;
import io.octavialb.net.SystemCallException;
import io.octavialb.vip.config.AgentConfig;
import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.ConfigProblem;
import io.octavialb.vip.config.ConfigResult;
import io.octavialb.vip.config.GlobalSettings;
import io.octavialb.vip.config.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent: its configuration, the protocol's thread, and what serves it beside that thread. */
public final class VipAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VipAgent.class);
    private static final long ANSWER_SECONDS = 5;

    /** Where an agent listens that is told nothing else. */
    public static final String DEFAULT_LISTEN = "127.0.0.1:9112";

    /** Where one records its addresses that is told nothing else, on a kernel that keeps no marks of them. */
    private static final Path STATE_FILE = Path.of("/run/octavia-lb/vip-agent.json");

    private final Agent agent;
    private final AgentMetrics metrics;
    private final Checks checks;
    private final Notifications notifications;
    private final Thread protocol;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Reloading reloading;
    private @Nullable AgentServer server;
    private volatile boolean defect;

    /** The configuration is not used. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<ConfigProblem> problems;

        Refused(List<ConfigProblem> problems) {
            super("the configuration is refused");
            this.problems = List.copyOf(problems);
        }

        /** What speaks against it, warnings too. */
        public List<ConfigProblem> problems() {
            return problems;
        }
    }

    /** What holds where the configuration says nothing; a keepalived.conf has no words for it. */
    public record Defaults(String listen, Optional<Path> stateFile) {}

    private record AgentProtocol(Agent agent, CompletableFuture<Void> ended) implements Reloading.Protocol {
        @Override
        public CompletableFuture<List<ConfigProblem>> takeOn(AgentSettings settings) {
            CompletableFuture<List<ConfigProblem>> answer = new CompletableFuture<>();
            agent.tell(new Message.Reconfigure(settings, answer));
            return answer;
        }
    }

    private VipAgent(
            Path config, AgentSettings settings, Defaults defaults, AgentMetrics metrics, List<ConfigProblem> problems)
            throws Refused, SystemCallException {
        GlobalSettings global = settings.global();
        Programs programs = new Programs(global.scriptUser());
        this.metrics = metrics;
        notifications = new Notifications(programs);
        boolean marks = SelfCheck.kernelKeepsMarks();
        Optional<StateFile> stateFile = global.stateFile()
                .map(Path::of)
                .or(defaults::stateFile)
                .or(() -> marks ? Optional.empty() : Optional.of(STATE_FILE))
                .map(StateFile::new);
        agent = new Agent(metrics, notifications, new Leftovers(marks, stateFile));
        refuse(agent.configure(settings), problems);
        checks = new Checks(
                new Probing(programs)::probe, (name, health) -> agent.tell(new Message.CheckChanged(name, health)));
        protocol = new Thread(() -> runProtocol(global.realtimePriority()), "vrrp");
        reloading = new Reloading(config, found -> read(config, found), new AgentProtocol(agent, ended), now -> {
            programs.runAs(now.global().scriptUser());
            checks.run(now.checks());
        });
    }

    /**
     * Starts an agent. Throws Refused with all that is wrong with the configuration, and SystemCallException when the kernel
     * refuses a socket.
     *
     * @param beforeItHolds is given the agent before it can hold an address: whoever is to stop it has to know it by then
     */
    public static VipAgent start(Path config, Defaults defaults, Consumer<VipAgent> beforeItHolds)
            throws Refused, SystemCallException {
        List<ConfigProblem> problems = new ArrayList<>();
        AgentSettings settings = read(config, problems);
        InetSocketAddress listen = address(settings.global().listen().orElse(defaults.listen()));
        VipAgent agent = new VipAgent(config, settings, defaults, new AgentMetrics(), problems);
        beforeItHolds.accept(agent);
        agent.protocol.start();
        agent.agent.awaitFirstTurn(); // what follows would take the processors from it
        problems.forEach(problem -> LOG.warn("{}", problem));
        agent.reloading.begin(settings, () -> agent.serve(listen));
        SelfCheck.warnings(settings).forEach(LOG::warn);
        Thread.ofPlatform().name("warm-up").daemon().start(WarmUp::run);
        return agent;
    }

    /** Reads a configuration as {@link #start} does, without this node's addresses. Says what has no effect. */
    public static List<ConfigProblem> check(Path config) throws Refused {
        List<ConfigProblem> problems = new ArrayList<>();
        read(config, problems);
        return problems;
    }

    /** From now on SIGHUP reloads. */
    public void reloadOnHangup() {
        Signals.onHangup(this::reload);
    }

    private static AgentSettings read(Path config, List<ConfigProblem> problems) throws Refused {
        ConfigResult result = AgentConfig.parse(config.toString(), new ConfigFiles());
        problems.addAll(result.problems());
        AgentSettings settings = result.settings().orElseThrow(() -> new Refused(problems));
        refuse(SelfCheck.users(settings), problems);
        return settings;
    }

    /** Adds what was found; throws Refused with all when an error is among it. */
    static void refuse(List<ConfigProblem> found, List<ConfigProblem> all) throws Refused {
        all.addAll(found);
        if (found.stream().anyMatch(one -> one.severity() == ConfigProblem.Severity.ERROR)) {
            throw new Refused(all);
        }
    }

    private void runProtocol(Optional<Integer> realtimePriority) {
        try {
            agent.run(realtimePriority);
        } catch (RuntimeException | Error e) {
            defect = true;
            LOG.error("the agent ends by a defect of its own, and its addresses are taken off", e);
            agent.abandon();
        } finally {
            ended.complete(null);
        }
    }

    /** Whether it ended though nobody asked it to. */
    public boolean endedByDefect() {
        return defect;
    }

    /** Reads the configuration anew and takes over what differs. When it is refused the agent goes on as it is. */
    public void reload() {
        reloading.reload();
    }

    private void serve(InetSocketAddress listen) {
        try {
            server = AgentServer.start(listen, metrics, this::stuck, this::status);
        } catch (IOException e) {
            LOG.warn("can't listen on {} for metrics, health and status: {}", listen, e.getMessage());
        }
    }

    /** The configuration's is well formed; the command line's may be anything. */
    private static InetSocketAddress address(String listen) throws Refused {
        try {
            HostAndPort where = HostAndPort.fromString(listen);
            return new InetSocketAddress(where.getHost(), where.getPort());
        } catch (IllegalArgumentException | IllegalStateException _) {
            throw new Refused(List.of(new ConfigProblem(
                    new Place("--listen", 1),
                    ConfigProblem.Severity.ERROR,
                    listen + " is not a host and a port",
                    "write them as 127.0.0.1:9112")));
        }
    }

    /** Whether each instance is active or in fault. */
    boolean settled() throws IOException {
        return status().instances().stream()
                .allMatch(one -> one.role().equals("active") || one.role().equals("fault"));
    }

    private AgentStatus status() throws IOException {
        CompletableFuture<AgentStatus> status = new CompletableFuture<>();
        agent.tell(new Message.StatusAsked(status));
        try {
            return status.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("the protocol's thread does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String stuck() {
        try {
            status();
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Waits for the end of the protocol's thread, which comes with {@link #close} only, or by a defect. */
    public void join() throws InterruptedException {
        protocol.join();
    }

    /** Gives up the addresses as softly as can be, and ends. */
    @Override
    public void close() {
        agent.tell(new Message.Stop());
        try {
            protocol.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        reloading.close();
        checks.close();
        notifications.close();
        if (server != null) {
            server.close();
        }
    }
}
