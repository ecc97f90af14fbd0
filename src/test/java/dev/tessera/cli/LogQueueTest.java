package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.tessera.impl.log.DroppedLines;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class LogQueueTest {

    private static final long LONG_MS = 60_000;

    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("test");
    private final Console console = new Console();
    private final LogQueue queue = new LogQueue();

    /** An output that takes no line until it is opened. */
    private static final class Console extends UnsynchronizedAppenderBase<ILoggingEvent> {

        private final CountDownLatch busy = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final List<String> lines = new ArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            busy.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines.add(line.getLevel() + " " + line.getFormattedMessage());
        }
    }

    @BeforeEach
    void blockTheOutput() throws InterruptedException {
        context.setMDCAdapter(new LogbackMDCAdapter());
        console.setContext(context);
        console.start();
        queue.setContext(context);
        queue.addAppender(console);
        queue.start();
        log.setAdditive(false);
        log.addAppender(queue);
        log.info("first");
        assertThat(console.busy.await(LONG_MS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @AfterEach
    void openTheOutput() {
        console.open.countDown();
    }

    @Test
    void shouldWriteAllLinesInTheirOrder() {
        log.info("second");
        log.warn("third {}", 3);
        console.open.countDown();

        assertThat(queue.awaitWritten(LONG_MS)).isTrue();
        assertThat(console.lines).containsExactly("INFO first", "INFO second", "WARN third 3");
    }

    @Test
    void shouldDropLinesRatherThanWaitAndReportHowMany() {
        long droppedBefore = DroppedLines.unwritten();
        logMany(Level.INFO);
        console.open.countDown();

        assertThat(queue.awaitWritten(LONG_MS)).isTrue();
        long dropped = DroppedLines.unwritten() - droppedBefore;
        assertThat(dropped).isGreaterThan(LogQueue.LINES_MAX);
        assertThat(console.lines)
                .hasSize((int) (1 + 2 * LogQueue.LINES_MAX - dropped + 1))
                .contains("WARN The log has lost " + dropped + " lines, because its reader did not take them in time");
    }

    @Test
    void shouldKeepPlacesForWarningsAndErrors() {
        logMany(Level.INFO);
        logMany(Level.WARN);
        log.error("the error");
        console.open.countDown();

        assertThat(queue.awaitWritten(LONG_MS)).isTrue();
        assertThat(console.lines).contains("WARN line 0", "ERROR the error");
    }

    @Test
    void shouldNotWaitForAnOutputThatTakesNothing() {
        assertThat(queue.awaitWritten(1)).isFalse();
        for (int i = 0; i < 2 * LogQueue.LINES_MAX; i++) {
            log.error("line {}", i);
        }
        assertThat(queue.awaitWritten(1)).isFalse();
    }

    private void logMany(Level level) {
        for (int i = 0; i < 2 * LogQueue.LINES_MAX; i++) {
            log.atLevel(level == Level.WARN ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.INFO)
                    .log("line {}", i);
        }
    }
}
