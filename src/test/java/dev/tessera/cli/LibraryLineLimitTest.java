package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tessera.impl.log.LineBudget;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class LibraryLineLimitTest {

    private static final int MANY = 10_000;

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void limitLines() {
        LibraryLineLimit limit = new LibraryLineLimit();
        limit.setContext(context);
        limit.start();
        context.addTurboFilter(limit);
        lines.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.DEBUG);
        root.addAppender(lines);
    }

    @Test
    void shouldLimitTheLinesOfALibrary() {
        Logger library = context.getLogger("io.vertx.core.impl.ContextImpl");
        for (int i = 0; i < MANY; i++) {
            library.error("Unhandled exception " + i, new IllegalStateException());
        }

        // A slow machine may need some seconds for the loop, and each allows one line more.
        assertThat(lines.list).hasSizeBetween(LineBudget.LINES_AT_ONCE, MANY / 10);
    }

    @Test
    void shouldLimitEachClassAndLevelByItself() {
        for (int i = 0; i < MANY; i++) {
            context.getLogger("io.netty.One").warn("a line");
        }
        lines.list.clear();

        context.getLogger("io.netty.One").error("an error");
        context.getLogger("io.netty.Other").warn("another");

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).contains("an error", "another");
    }

    @Test
    void shouldLetOwnLinesAndDebugLinesPass() {
        for (int i = 0; i < 100; i++) {
            context.getLogger("dev.tessera.server.Replay").info("a line");
            context.getLogger("io.netty.One").debug("a line");
        }

        assertThat(lines.list).hasSize(200);
    }

    @Test
    void shouldNotCountLinesOfADisabledLevel() {
        Logger library = context.getLogger("io.netty.One");
        library.setLevel(Level.ERROR);
        for (int i = 0; i < MANY; i++) {
            library.warn("a line");
        }
        library.setLevel(Level.WARN);

        library.warn("the line");

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("the line");
    }
}
