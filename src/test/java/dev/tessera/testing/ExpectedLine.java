package dev.tessera.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/** A line that some thread logs while a test runs. Thread-safe. */
final class ExpectedLine {

    private final String logger;
    private final Level level;
    private final Pattern message;
    private final long timeoutMs;
    private final CountDownLatch logged;

    ExpectedLine(ExpectLog expectation) {
        this(
                expectation.logger().isEmpty() ? expectation.from().getName() : expectation.logger(),
                expectation.level(),
                expectation.message(),
                TimeUnit.SECONDS.toMillis(Await.TIMEOUT_SECONDS),
                expectation.required() ? 1 : 0);
    }

    private ExpectedLine(String logger, Level level, String message, long timeoutMs, int lines) {
        this.logger = logger;
        this.level = level;
        this.message = Pattern.compile(message);
        this.timeoutMs = timeoutMs;
        logged = new CountDownLatch(lines);
    }

    /** Returns a required line. */
    static ExpectedLine required(String logger, Level level, String message, long timeoutMs) {
        return new ExpectedLine(logger, level, message, timeoutMs, 1);
    }

    /** Returns whether the event is this line, and remembers that it came. */
    boolean takes(ILoggingEvent event) {
        boolean matches = event.getLoggerName().equals(logger)
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
            throw new AssertionError("expected a line of " + logger + " at " + level + " with: " + message);
        }
    }
}
