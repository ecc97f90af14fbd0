package dev.tessera.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

@Tag(Layer.UNIT)
class ExpectLogTest {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ExpectLogTest.class);

    private final ExpectedLogFilter filter = new ExpectedLogFilter();

    @Test
    @ExpectLog(from = ExpectLogTest.class, level = Level.ERROR, message = "^expected line 1$")
    @ExpectLog(from = ExpectLogTest.class, message = "line 2")
    void shouldTakeExpectedLines() {
        LOG.error("expected line {}", 1, new IllegalStateException("not shown"));
        LOG.warn("expected line 2");
    }

    @Test
    @ExpectLog(from = ExpectLogTest.class, message = "line", required = false)
    void shouldDropNoOtherLine() {
        assertThat(decide("some line")).isEqualTo(FilterReply.DENY);
        assertThat(decide("another")).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    @ExpectLog(from = ExpectLogTest.class, message = "never", required = false)
    void shouldFailWithoutTheLine() throws Exception {
        ExpectLog expectation =
                getClass().getDeclaredMethod("shouldFailWithoutTheLine").getAnnotation(ExpectLog.class);
        ExpectedLine optional = ExpectedLine.of(expectation, true);
        ExpectedLine required = ExpectedLine.required(ExpectLogTest.class.getName(), Level.WARN, "never", 0);

        optional.require();
        assertThatThrownBy(required::require).isInstanceOf(AssertionError.class).hasMessageContaining("never");
    }

    private FilterReply decide(String message) {
        Logger logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(ExpectLogTest.class);
        return filter.decide(new LoggingEvent(
                ExpectLogTest.class.getName(), logger, ch.qos.logback.classic.Level.WARN, message, null, null));
    }
}
