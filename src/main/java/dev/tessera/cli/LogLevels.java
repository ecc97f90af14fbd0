package dev.tessera.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import org.slf4j.LoggerFactory;

/**
 * Sets how much is logged. Only the command line does so: a program that embeds the server has a logging of its own.
 */
final class LogLevels {

    private static final String HAZELCAST = "com.hazelcast";

    private LogLevels() {}

    static void apply(Configuration configuration) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            Level level = Level.valueOf(configuration.get(Settings.LOG_LEVEL).name());
            root.setLevel(level);
            // It tells at info what we tell in one line for each change.
            if (LoggerFactory.getLogger(HAZELCAST) instanceof Logger hazelcast && Level.WARN.isGreaterOrEqual(level)) {
                hazelcast.setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.WARN : Level.INFO);
            }
        }
    }
}
