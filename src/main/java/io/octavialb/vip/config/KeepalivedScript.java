package io.octavialb.vip.config;

import io.octavialb.vip.config.KeepalivedKeys.In;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a vrrp_script. */
final class KeepalivedScript {
    private final Problems problems;
    private final KeepalivedValues values;
    private Notify.@Nullable Command command;
    private @Nullable String user;
    private Duration interval = Duration.ofSeconds(1);
    private @Nullable Duration timeout;
    private int rise = 1;
    private int fall = 1;
    private int weight;
    private boolean startsFailed;
    private boolean scriptSaid;

    private KeepalivedScript(Problems problems) {
        this.problems = problems;
        this.values = new KeepalivedValues(problems);
    }

    static Optional<CheckSettings> read(Statement block, String name, Problems problems) {
        KeepalivedScript script = new KeepalivedScript(problems);
        block.inside().stream()
                .filter(statement -> KeepalivedKeys.isUsed(In.SCRIPT, statement, problems))
                .forEach(script::statement);
        return script.settings(name, block.place());
    }

    private void statement(Statement said) {
        switch (said.key()) {
            case "script" -> {
                command = values.onlyCommand(said).orElse(command);
                scriptSaid = true;
            }
            case "interval" -> interval = positive(said).orElse(interval);
            case "timeout" -> timeout = positive(said).orElse(null);
            case "rise" -> rise = values.atLeast(1, said).orElse(rise);
            case "fall" -> fall = values.atLeast(1, said).orElse(fall);
            case "weight" -> weight(said);
            case "user" -> user = values.user(said).map(Said::value).orElse(null);
            case "init_fail" -> startsFailed = true;
            default -> throw new AssertionError(said.key());
        }
    }

    private Optional<Duration> positive(Statement said) {
        return values.seconds(said).map(Said::value).filter(time -> {
            if (time.isZero()) {
                values.wrong(said, said.arguments().getFirst(), "more than 0 seconds");
            }
            return !time.isZero();
        });
    }

    private void weight(Statement said) {
        if (said.arguments().contains("reverse")) {
            values.refuseReverse(said);
        }
        values.word(said).flatMap(word -> values.weight(said, word.value())).ifPresent(number -> weight = number);
    }

    private Optional<CheckSettings> settings(String name, Place place) {
        if (command == null && !scriptSaid) {
            problems.error(place, "vrrp_script " + name + " has no script", "write one: script \"/path arguments\"");
        }
        if (command == null) {
            return Optional.empty();
        }
        Notify.Command run = new Notify.Command(command.words(), Optional.ofNullable(user));
        return Optional.of(new CheckSettings(
                name,
                new CheckSettings.Probe.Script(run),
                interval,
                timeout == null ? interval : timeout,
                rise,
                fall,
                weight,
                startsFailed,
                place));
    }
}
