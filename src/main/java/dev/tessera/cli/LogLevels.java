package dev.tessera.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import org.slf4j.LoggerFactory;

/**
 * The log levels of the process. Only the command line sets them, because a program that embeds the server configures
 * its own logging.
 */
final class LogLevels {

    private static final String HAZELCAST = "com.hazelcast";

    private LogLevels() {}

    /** Sets the levels that the configuration asks for. */
    static void apply(Configuration configuration) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            Level level = Level.valueOf(configuration.get(Settings.LOG_LEVEL).name());
            root.setLevel(level);
            // At info, Hazelcast logs many lines for a change that we log in one line.
            if (LoggerFactory.getLogger(HAZELCAST) instanceof Logger hazelcast && Level.WARN.isGreaterOrEqual(level)) {
                hazelcast.setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.WARN : Level.INFO);
            }
        }
    }
}
