package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.ConfigProblem;
import io.octavialb.vip.config.ConfigProblem.Severity;
import io.octavialb.vip.config.GlobalSettings;
import io.octavialb.vip.config.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a new configuration is in force beside the protocol's thread. */
class ReloadingTest {
    private static final AgentSettings ONE = Settings.agent(Settings.instance("one", 1, 100, "192.0.2.1"));
    private static final AgentSettings TWO = Settings.agent(Settings.instance("two", 2, 100, "192.0.2.2"));

    /** Asked, and not answered yet. */
    private final BlockingQueue<CompletableFuture<List<ConfigProblem>>> asked = new LinkedBlockingQueue<>();

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<AgentSettings> beside = new CopyOnWriteArrayList<>();
    private final Reloading reloading = new Reloading(Path.of("agent.yaml"), _ -> TWO, new Answering(), beside::add);

    private final class Answering implements Reloading.Protocol {
        @Override
        public CompletableFuture<List<ConfigProblem>> takeOn(AgentSettings settings) {
            CompletableFuture<List<ConfigProblem>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }

        @Override
        public CompletableFuture<Void> ended() {
            return ended;
        }
    }

    private CompletableFuture<List<ConfigProblem>> asked() throws InterruptedException {
        CompletableFuture<List<ConfigProblem>> answer = asked.poll(1, TimeUnit.MINUTES);
        assertThat(answer).isNotNull();
        return answer;
    }

    private Thread reload() {
        return Thread.ofPlatform().start(reloading::reload);
    }

    /** The time is not that of a machine: it is longer than the five seconds after which the answer was once no longer waited for. */
    @Test
    void settingsAreAppliedWhenTheAnswerComesHoweverLate() throws InterruptedException {
        reloading.begin(ONE, () -> {});
        Thread reload = reload();
        CompletableFuture<List<ConfigProblem>> answer = asked();
        assertThat(reload.join(Duration.ofSeconds(6))).isFalse();
        assertThat(beside).containsExactly(ONE);
        answer.complete(List.of());
        assertThat(reload.join(Duration.ofMinutes(1))).isTrue();
        assertThat(beside).containsExactly(ONE, TWO);
    }

    @Test
    void whatIsRefusedIsNotApplied() throws InterruptedException {
        reloading.begin(ONE, () -> {});
        Thread reload = reload();
        asked().complete(List.of(new ConfigProblem(new Place("agent.yaml", 1), Severity.ERROR, "wrong", "write")));
        assertThat(reload.join(Duration.ofMinutes(1))).isTrue();
        assertThat(beside).containsExactly(ONE);
    }

    @Test
    void theEndOfTheProtocolsThreadEndsTheWait() throws InterruptedException {
        reloading.begin(ONE, () -> {});
        Thread reload = reload();
        assertThat(asked()).isNotDone();
        Thread close = Thread.ofPlatform().start(reloading::close);
        await().atMost(Duration.ofMinutes(1)).until(() -> close.getState() == Thread.State.BLOCKED);
        ended.complete(null);
        assertThat(reload.join(Duration.ofMinutes(1))).isTrue();
        assertThat(close.join(Duration.ofMinutes(1))).isTrue();
        assertThat(beside).containsExactly(ONE);
    }

    @Test
    void aReloadThatIsAskedForDuringTheStartFollowsIt() throws InterruptedException {
        reloading.reload();
        assertThat(asked).isEmpty();
        Thread begin = Thread.ofPlatform().start(() -> reloading.begin(ONE, () -> {}));
        asked().complete(List.of());
        assertThat(begin.join(Duration.ofMinutes(1))).isTrue();
        assertThat(beside).containsExactly(ONE, TWO);
    }

    @Test
    void afterTheEndNothingBegins() {
        reloading.close();
        reloading.begin(ONE, () -> beside.add(TWO));
        reloading.reload();
        assertThat(beside).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void settingsThatNeedARestartAreNamed() {
        GlobalSettings running = new GlobalSettings(
                Optional.of("127.0.0.1:1"), Optional.of("/run/state"), Optional.of(1), Optional.of("root"));
        GlobalSettings wanted =
                new GlobalSettings(Optional.empty(), Optional.of("/run/other"), Optional.of(2), Optional.of("nobody"));
        assertThat(RestartSettings.differing(running, running)).isEmpty();
        assertThat(RestartSettings.differing(running, wanted))
                .containsExactly("listen", "stateFile", "realtimePriority (keepalived.conf: vrrp_rt_priority)");
    }
}
