package dev.tessera.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.log.LineBudget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * A limit on the lines of Netty, Vert.x and Hazelcast, because clients can cause some of them, and the libraries have
 * no limit. Each class of a library has a {@link LineBudget} for each level. Lines of this project pass: those that
 * clients can cause are a {@link LimitedLog}. Lines below INFO pass too, because only an operator switches them on.
 *
 * <p>Logback creates it by {@code logback.xml}. Thread-safe.
 */
public final class LibraryLineLimit extends TurboFilter {

    private static final String OWN = "dev.tessera.";

    private record Kind(String logger, Level level) {}

    /** As many as there are classes that log, times three levels. */
    private final Map<Kind, LineBudget> budgets = new ConcurrentHashMap<>();

    /** Creates a limit; Logback starts it. */
    public LibraryLineLimit() {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (format == null
                || !level.isGreaterOrEqual(Level.INFO)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || logger.getName().startsWith(OWN)) {
            return FilterReply.NEUTRAL;
        }
        LineBudget budget = budgets.computeIfAbsent(new Kind(logger.getName(), level), unseen -> new LineBudget());
        if (!budget.tryTake()) {
            return FilterReply.DENY;
        }
        long leftOut = budget.takeLeftOut();
        if (leftOut > 0) {
            logger.getLoggerContext()
                    .getLogger(LibraryLineLimit.class)
                    .warn("Left out {} lines of {}, which followed others too closely", leftOut, logger.getName());
        }
        return FilterReply.NEUTRAL;
    }
}
