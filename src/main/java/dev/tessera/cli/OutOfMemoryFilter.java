package dev.tessera.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Ends the process if a log call has an {@link OutOfMemoryError}, at any level: libraries that catch one log it.
 * Logback creates it by {@code logback.xml}. Thread-safe.
 */
public final class OutOfMemoryFilter extends TurboFilter {

    /** Creates a filter; Logback starts it. */
    public OutOfMemoryFilter() {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (failure != null) {
            OutOfMemoryExit.endIfCausedBy(failure);
        } else if (arguments != null
                && arguments.length > 0
                && arguments[arguments.length - 1] instanceof Throwable last) {
            OutOfMemoryExit.endIfCausedBy(last);
        }
        return FilterReply.NEUTRAL;
    }
}
