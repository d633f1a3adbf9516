package io.octavialb.app;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The log of an agent: lines as everywhere, written on a thread of its own. What that can't write in time is lost, for an agent that
 * waits for a reader of its stderr would miss its advertisements.
 *
 * <p>It is named to slf4j, and configured here: the search for a provider and for configurations opens every library, which takes an
 * agent longer than reading its own configuration.
 */
public final class AgentLog implements SLF4JServiceProvider {
    private static final int MOST_WAITING = 1000;

    private final LoggerContext context = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter diagnostics = new LogbackMDCAdapter();

    /** Is the log of this process, unless another configuration is asked for; before the first class that logs. */
    static void use() {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("slf4j.provider", AgentLog.class.getName());
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
    }

    @Override
    public void initialize() {
        context.setName("agent");
        context.setMDCAdapter(diagnostics);
        Logging.write(context, beside(new FromFirstEntry()));
        context.start();
    }

    private AsyncAppender beside(Appender<ILoggingEvent> writer) {
        AsyncAppender beside = new AsyncAppender();
        beside.setContext(context);
        beside.setQueueSize(MOST_WAITING);
        beside.setDiscardingThreshold(0);
        beside.setNeverBlock(true);
        beside.addAppender(writer);
        beside.start();
        return beside;
    }

    /** Writes to stderr, and learns how to when there is something to write: the time zones alone take a start some 10 ms. */
    private final class FromFirstEntry extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private @Nullable Appender<ILoggingEvent> stderr;

        FromFirstEntry() {
            setContext(AgentLog.this.context);
            start();
        }

        @Override
        protected void append(ILoggingEvent entry) {
            if (stderr == null) {
                stderr = Logging.stderr(AgentLog.this.context);
            }
            stderr.doAppend(entry);
        }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return context;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnostics;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }
}
