package io.octavialb.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * The log of the program: one line an entry, to stderr, for stdout belongs to subcommands' results. {@code OCTAVIA_LB_LOG=DEBUG}
 * shows every request. In code and not in a logback.xml, which takes an agent longer to read than all it does until its first
 * advertisement; {@code -Dlogback.configurationFile} names another configuration, as everywhere.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n%ex{3}%nopex";
    private static final String LEVEL = "octavia-lb.level";

    /** What a person calls for prints its result, and warnings. */
    static void quiet() {
        System.setProperty(LEVEL, "WARN");
    }

    /** Writes what still waits; nothing is logged after it. */
    static void end() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null
                || Logging.class.getResource("/logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        write(context, stderr(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Has entries of the levels asked for written by the appender. */
    static void write(LoggerContext context, Appender<ILoggingEvent> appender) {
        context.getLogger("io.octavialb").setLevel(Level.toLevel(level(), Level.INFO));
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
    }

    /** Writes entries to stderr on the thread that logs them. */
    static Appender<ILoggingEvent> stderr(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setName("stderr");
        stderr.setTarget(ConsoleTarget.SystemErr.getName());
        stderr.setEncoder(encoder);
        stderr.start();
        return stderr;
    }

    private static String level() {
        String asked = System.getenv("OCTAVIA_LB_LOG");
        return asked == null || asked.isEmpty() ? System.getProperty(LEVEL, "INFO") : asked;
    }
}
