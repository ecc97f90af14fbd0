package dev.tessera.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/** A line that some thread logs while a test runs. Thread-safe. */
final class ExpectedLine {

    private static final long TIMEOUT_MS = 30_000;

    private final Set<String> loggers;
    private final Level level;
    private final Pattern message;
    private final long timeoutMs;
    private final CountDownLatch logged;

    private ExpectedLine(Set<String> loggers, Level level, String message, long timeoutMs, int lines) {
        this.loggers = loggers;
        this.level = level;
        this.message = Pattern.compile(message);
        this.timeoutMs = timeoutMs;
        logged = new CountDownLatch(lines);
    }

    /** Returns the line that an annotation describes. */
    static ExpectedLine of(ExpectLog expectation, boolean required) {
        Set<String> loggers = new HashSet<>();
        Arrays.stream(expectation.from()).map(Class::getName).forEach(loggers::add);
        if (!expectation.logger().isEmpty()) {
            loggers.add(expectation.logger());
        }
        if (loggers.isEmpty()) {
            throw new IllegalArgumentException("@ExpectLog without a logger: " + expectation.message());
        }
        return new ExpectedLine(
                loggers,
                expectation.level(),
                expectation.message(),
                TIMEOUT_MS,
                required && expectation.required() ? 1 : 0);
    }

    /** Returns a required line. */
    static ExpectedLine required(String logger, Level level, String message, long timeoutMs) {
        return new ExpectedLine(Set.of(logger), level, message, timeoutMs, 1);
    }

    /** Returns whether the event is this line, and remembers that it came. */
    boolean takes(ILoggingEvent event) {
        boolean matches = loggers.contains(event.getLoggerName())
                && event.getLevel().toString().equals(level.toString())
                && message.matcher(event.getFormattedMessage()).find();
        if (matches) {
            logged.countDown();
        }
        return matches;
    }

    /** Waits for the line if the test requires it, because another thread may log it later. */
    void require() throws InterruptedException {
        if (!logged.await(timeoutMs, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("expected a line of " + loggers + " at " + level + " with: " + message);
        }
    }
}
