package dev.tessera.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The console's filter, by {@code logback-test.xml}: drops the lines that the running test expects. */
public final class ExpectedLogFilter extends Filter<ILoggingEvent> {

    private static final List<ExpectedLine> EXPECTED = new CopyOnWriteArrayList<>();

    static void add(Collection<ExpectedLine> lines) {
        EXPECTED.addAll(lines);
    }

    static void remove(Collection<?> lines) {
        EXPECTED.removeAll(lines);
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean expected = false;
        for (ExpectedLine line : EXPECTED) {
            // All of them: two expectations may name the same line.
            expected |= line.takes(event);
        }
        return expected ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
