package dev.tessera.impl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Tag(Layer.UNIT)
@ExpectLog(from = TransferProgress.class, level = org.slf4j.event.Level.INFO, message = "'(shop|empty)'")
class TransferProgressTest {

    private final MutableClock clock = new MutableClock();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(TransferProgress.class);

    @BeforeEach
    void listen() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    @Test
    void shouldLogTheProgressEveryFiveSeconds() {
        TransferProgress progress =
                new TransferProgress("Saving", "shop", clock, TransferMetrics.ofSaves(new Metrics()));
        progress.at(1, 1, 300);
        progress.add(10, 200);
        clock.advance(Duration.ofMillis(4999));
        progress.at(1_000_000, 100, 300);
        clock.advance(Duration.ofMillis(1));
        progress.at(1_234_567, 100, 300);
        progress.at(2_000_000, 101, 300);
        progress.add(1, 0);
        clock.advance(Duration.ofSeconds(7));
        progress.at(34_567_890, 300, 300);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Saving 'shop': 10 sessions, 200 keys, 1.2 MB, 33 %",
                        "Saving 'shop': 11 sessions, 200 keys, 34.6 MB, 100 %");
        assertThat(progress.durationMs()).isEqualTo(12_000);
    }

    @Test
    void shouldLogHundredPercentOfAnEmptySave() {
        TransferProgress progress =
                new TransferProgress("Loading", "empty", clock, TransferMetrics.ofSaves(new Metrics()));
        clock.advance(Duration.ofSeconds(5));
        progress.at(0, 0, 0);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Loading 'empty': 0 sessions, 0 keys, 0.0 MB, 100 %");
    }
}
