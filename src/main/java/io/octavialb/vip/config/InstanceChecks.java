package io.octavialb.vip.config;

import io.octavialb.vip.config.Dialect.Setting;
import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.Version;
import io.octavialb.vrrp.VirtualRouter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks one instance against the protocol's rules, for both formats. */
final class InstanceChecks {
    private static final long DEFAULT_PRIORITY = 100;
    private static final int HIGHEST_VRID = 255;
    private static final Duration CENTISECOND = Duration.ofMillis(10);
    private static final Duration LONGEST_V3 = Duration.ofMillis(40_950);
    private static final Duration LONGEST_V2 = Duration.ofSeconds(255);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    private final InstanceDraft draft;
    private final AgentDraft agent;
    private final Problems problems;
    private final Family family;
    private final Version version;
    private final InstanceAddressChecks addressChecks;

    InstanceChecks(InstanceDraft draft, AgentDraft agent, Problems problems) {
        this.draft = draft;
        this.agent = agent;
        this.problems = problems;
        this.family = draft.addresses.isEmpty()
                ? Family.IPV4
                : draft.addresses.getFirst().value().address().family();
        this.addressChecks = new InstanceAddressChecks(draft, agent, family, problems);
        this.version = version();
    }

    /** Tells all that is wrong with the instance; the settings count only if nothing is. */
    @Nullable
    InstanceSettings settled(List<Tracked> interfaces, List<Tracked> checks) {
        String interfaceName = interfaceName();
        int vrid = ranged(draft.vrid, Setting.VRID, 1, HIGHEST_VRID, 0);
        int priority = ranged(draft.priority, Setting.PRIORITY, 1, VirtualRouter.OWNER_PRIORITY, DEFAULT_PRIORITY);
        int interval = intervalCentiseconds();
        Authentication authentication = authentication();
        addressChecks.check();
        boolean preempt = preempt(priority);
        if (interfaceName == null || vrid == 0 || priority == 0 || interval == 0) {
            return null;
        }
        return new InstanceSettings(
                draft.name,
                interfaceName,
                version,
                family,
                vrid,
                priority,
                interval,
                preempt,
                preempt && draft.preemptDelay != null ? draft.preemptDelay.value() : Duration.ZERO,
                authentication,
                draft.checksum,
                AgentDraft.value(draft.source),
                draft.trackSource != null && draft.trackSource.value() && draft.source != null,
                values(draft.peers),
                values(draft.addresses),
                values(draft.excluded),
                interfaces,
                checks,
                draft.announcements.settled(),
                draft.notified.settled(),
                draft.place);
    }

    private Version version() {
        if (draft.version == null) {
            return family == Family.IPV6 || agent.version == 3 ? Version.V3 : Version.V2;
        }
        long said = draft.version.value();
        if (said != 2 && said != 3) {
            error(draft.version, Setting.VERSION, said + " is not a version", "write 2 or 3");
        } else if (said == 2 && family == Family.IPV6) {
            error(draft.version, Setting.VERSION, "2 has no IPv6", "write 3, or remove it");
        }
        return said == 2 && family == Family.IPV4 ? Version.V2 : Version.V3;
    }

    private @Nullable String interfaceName() {
        if (draft.interfaceName == null) {
            missing(Setting.INTERFACE, "name the interface of the virtual router");
            return null;
        }
        addressChecks.interfaceName(draft.interfaceName.value(), draft.interfaceName.place());
        return draft.interfaceName.value();
    }

    /** 0 after an error. */
    private int ranged(@Nullable Said<Long> said, Setting setting, long least, long most, long unsaid) {
        if (said == null && unsaid == 0) {
            missing(setting, "write a number from " + least + " to " + most + ", the same on all its routers");
            return 0;
        }
        long number = said == null ? unsaid : said.value();
        if (said != null && (number < least || number > most)) {
            error(said, setting, number + " is out of range", "write a number from " + least + " to " + most);
            return 0;
        }
        return Math.toIntExact(number);
    }

    /** 0 after an error. */
    private int intervalCentiseconds() {
        if (draft.interval == null) {
            return centiseconds(DEFAULT_INTERVAL);
        }
        Duration interval = draft.interval.value();
        boolean wholeSeconds = interval.equals(interval.truncatedTo(ChronoUnit.SECONDS));
        if (version == Version.V2 && (!wholeSeconds || interval.isZero() || interval.compareTo(LONGEST_V2) > 0)) {
            error(
                    draft.interval,
                    Setting.INTERVAL,
                    Quantity.text(interval) + " is not possible with version 2, which has whole seconds from 1 to 255",
                    "write whole seconds, or version 3 on all its routers");
            return 0;
        }
        boolean whole = interval.toNanos() % CENTISECOND.toNanos() == 0;
        if (version == Version.V3 && (!whole || interval.isZero() || interval.compareTo(LONGEST_V3) > 0)) {
            error(
                    draft.interval,
                    Setting.INTERVAL,
                    Quantity.text(interval)
                            + " is not possible: version 3 has hundredths of seconds from 0.01 to 40.95",
                    "write such a time, the same on all its routers");
            return 0;
        }
        return centiseconds(interval);
    }

    /** By its nanoseconds, for a Duration divides with java.math ({@link Quantity}). */
    private static int centiseconds(Duration interval) {
        return Math.toIntExact(interval.toNanos() / CENTISECOND.toNanos());
    }

    private Authentication authentication() {
        if (draft.password == null) {
            return new Authentication.None();
        }
        Said<String> password = draft.password;
        if (version == Version.V3) {
            problems.warning(
                    password.place(),
                    at() + "version 3 has no authentication: it has no effect",
                    "remove it, or write version 2");
            return new Authentication.None();
        }
        String text = password.value();
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            error(
                    password,
                    Setting.PASSWORD,
                    "has no characters, or some that are not ASCII",
                    "write one to eight ASCII characters");
            return new Authentication.None();
        }
        if (text.length() > Authentication.LENGTH) {
            problems.warning(
                    password.place(),
                    at() + name(Setting.PASSWORD) + " is longer than eight characters: the first eight count",
                    "write eight, or fewer");
        }
        return new Authentication.Password(text.substring(0, Math.min(text.length(), Authentication.LENGTH)));
    }

    private boolean preempt(int priority) {
        Said<Boolean> said = draft.preempt;
        boolean preempt = said == null || said.value();
        if (said != null && !preempt && priority == VirtualRouter.OWNER_PRIORITY) {
            problems.warning(
                    said.place(),
                    at() + name(Setting.PREEMPT) + " has no effect with priority 255, the owner's",
                    "write a lower priority");
            return true;
        }
        if (!preempt && draft.preemptDelay != null) {
            problems.warning(
                    draft.preemptDelay.place(),
                    at() + name(Setting.PREEMPT_DELAY) + " has no effect with " + name(Setting.PREEMPT),
                    "remove one of the two");
        }
        return preempt;
    }

    private void missing(Setting setting, String remedy) {
        problems.error(draft.place, "instance " + draft.name + " has no " + name(setting), remedy);
    }

    private void error(Said<?> said, Setting setting, String what, String remedy) {
        problems.error(said.place(), at() + name(setting) + " " + what, remedy);
    }

    private String at() {
        return "instance " + draft.name + ": ";
    }

    private String name(Setting setting) {
        return agent.dialect.name(setting);
    }

    private static <T> List<T> values(List<Said<T>> said) {
        return said.stream().map(Said::value).toList();
    }
}
