package io.octavialb.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** Shows each plan that the controller makes, from its log. */
final class PlanLog implements AutoCloseable {
    private static final String PLANS = "io.octavialb.reconcile.PlanExecution";

    private final Logger logger = (Logger) LoggerFactory.getLogger(PLANS);
    private final Appender appender;

    PlanLog(Screen screen) {
        appender = new Appender(screen);
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
        appender.stop();
    }

    private static final class Appender extends AppenderBase<ILoggingEvent> {
        private final Screen screen;

        Appender(Screen screen) {
            this.screen = screen;
        }

        @Override
        protected void append(ILoggingEvent event) {
            String message = event.getFormattedMessage();
            int end = message.indexOf('\n');
            screen.block(
                    end < 0 ? message : message.substring(0, end) + ":", end < 0 ? "" : message.substring(end + 1));
        }
    }
}
