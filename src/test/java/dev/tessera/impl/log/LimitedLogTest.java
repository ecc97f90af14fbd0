package dev.tessera.impl.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tessera.testing.Layer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class LimitedLogTest {

    private static final Pattern OTHERS = Pattern.compile("\\(and (\\d+) others");

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("test");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    /** Far below zero, as {@link System#nanoTime} may be. */
    private long nowNs = Long.MIN_VALUE / 2;

    private final LimitedLog log =
            new LimitedLog(logger, org.slf4j.event.Level.WARN, "Dropping {}: {}", new LineBudget(() -> nowNs));

    @BeforeEach
    void collectLines() {
        lines.start();
        logger.addAppender(lines);
    }

    @Test
    void shouldWriteAFewLinesAtOnce() {
        IntStream.range(0, LineBudget.LINES_AT_ONCE).forEach(i -> log.log("client " + i, "slow"));

        assertThat(written()).hasSize(LineBudget.LINES_AT_ONCE).startsWith("Dropping client 0: slow");
        assertThat(lines.list).allMatch(line -> line.getLevel() == Level.WARN);
    }

    @Test
    void shouldWriteOneLinePerSecondAfterThem() {
        flood(1_000_000);
        lines.list.clear();

        for (int second = 0; second < 3; second++) {
            nowNs += TimeUnit.SECONDS.toNanos(1);
            flood(1000);
        }

        assertThat(written()).hasSize(3);
    }

    @Test
    void shouldCountTheLinesLeftOutInTheNextOne() {
        flood(LineBudget.LINES_AT_ONCE + 7);
        nowNs += TimeUnit.MILLISECONDS.toNanos(999);
        flood(1);
        nowNs += TimeUnit.MILLISECONDS.toNanos(1);
        lines.list.clear();

        log.log("client", "slow");
        nowNs += TimeUnit.SECONDS.toNanos(1);
        log.log("client", "slow");

        assertThat(written())
                .containsExactly(
                        "Dropping client: slow (and 8 others since the last such line)", "Dropping client: slow");
    }

    @Test
    void shouldAllowNoMoreLinesAfterALongPauseThanAtTheStart() {
        flood(100);
        nowNs += TimeUnit.DAYS.toNanos(1);
        lines.list.clear();

        flood(100);

        assertThat(written()).hasSize(LineBudget.LINES_AT_ONCE);
    }

    @Test
    void shouldLogTheStackTraceOfALastArgument() {
        log.log("client", "slow", new IllegalStateException("the cause"));

        assertThat(lines.list.get(0).getThrowableProxy().getMessage()).isEqualTo("the cause");
        assertThat(written()).containsExactly("Dropping client: slow");
    }

    @Test
    void shouldCutALongLine() {
        log.log("x".repeat(1_000_000), "slow");

        assertThat(written().get(0)).startsWith("Dropping xxx").hasSize(LimitedLog.LINE_CHARS_MAX + 3);
    }

    @Test
    void shouldNotCountLinesOfADisabledLevel() {
        logger.setLevel(Level.ERROR);
        flood(100);
        logger.setLevel(Level.WARN);

        flood(1);

        assertThat(written()).containsExactly("Dropping client: slow");
    }

    @Test
    void shouldCountEveryLineOfManyThreads() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> flood(10_000)))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        nowNs += TimeUnit.SECONDS.toNanos(1);
        log.log("client", "slow");

        assertThat(written()).hasSize(LineBudget.LINES_AT_ONCE + 1);
        // One of the first lines may already count a line of another thread.
        assertThat(written().stream().mapToInt(LimitedLogTest::others).sum())
                .isEqualTo(40_000 - LineBudget.LINES_AT_ONCE);
    }

    private static int others(String line) {
        Matcher others = OTHERS.matcher(line);
        return others.find() ? Integer.parseInt(others.group(1)) : 0;
    }

    private void flood(int count) {
        for (int i = 0; i < count; i++) {
            log.log("client", "slow");
        }
    }

    private List<String> written() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
