package dev.tessera.impl.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/**
 * A log for one kind of line that a client can cause. It writes a few lines at once, and after them one line per
 * second, because a client must not fill the disk. The next line tells how many lines were left out. A line that is
 * left out costs no formatting and no allocation.
 *
 * <p>A kind is a constant of the class that logs it:
 *
 * <pre>{@code
 * private static final LimitedLog DROPPED =
 *         LimitedLog.warn(ClientConnection.class, "Dropping the connection of {}: {}");
 *
 * DROPPED.log(link.remoteAddress(), reason);
 * }</pre>
 *
 * <p>A last argument that is a {@link Throwable} is logged with its stack trace, as in SLF4J. Thread-safe.
 */
public final class LimitedLog {

    /** The length at which a line is cut, because clients choose names and paths. */
    static final int LINE_CHARS_MAX = 1000;

    private static final Object[] NO_ARGUMENTS = {};
    /** All kinds of the process, for {@link #restartAll}. They are constants, so the set is bounded. */
    private static final Set<LimitedLog> KINDS = ConcurrentHashMap.newKeySet();

    private final Logger logger;
    private final Level level;
    private final String format;
    private final LineBudget budget;

    LimitedLog(Logger logger, Level level, String format, LineBudget budget) {
        this.logger = logger;
        this.level = level;
        this.format = format;
        this.budget = budget;
    }

    /** Creates a kind of errors. */
    public static LimitedLog error(Class<?> owner, String format) {
        return create(owner, Level.ERROR, format);
    }

    /** Creates a kind of warnings. */
    public static LimitedLog warn(Class<?> owner, String format) {
        return create(owner, Level.WARN, format);
    }

    /** Creates a kind of information. */
    public static LimitedLog info(Class<?> owner, String format) {
        return create(owner, Level.INFO, format);
    }

    /** Creates a kind of debug lines. */
    public static LimitedLog debug(Class<?> owner, String format) {
        return create(owner, Level.DEBUG, format);
    }

    private static LimitedLog create(Class<?> owner, Level level, String format) {
        LimitedLog kind = new LimitedLog(LoggerFactory.getLogger(owner), level, format, new LineBudget());
        KINDS.add(kind);
        return kind;
    }

    /** Logs a line without arguments. */
    public void log() {
        if (mayWrite(null)) {
            write(NO_ARGUMENTS);
        }
    }

    /** Logs a line with one argument. */
    public void log(@Nullable Object argument) {
        if (mayWrite(argument)) {
            write(argument);
        }
    }

    /** Logs a line with two arguments. */
    public void log(@Nullable Object first, @Nullable Object second) {
        if (mayWrite(second)) {
            write(first, second);
        }
    }

    /** Logs a line with three arguments. */
    public void log(@Nullable Object first, @Nullable Object second, @Nullable Object third) {
        if (mayWrite(third)) {
            write(first, second, third);
        }
    }

    /** Logs a line with any number of arguments; the caller allocates the array. */
    public void log(@Nullable Object... arguments) {
        if (mayWrite(arguments[arguments.length - 1])) {
            write(arguments);
        }
    }

    /** Forgets the lines of all kinds, so that a test sees its lines whatever earlier tests have logged. */
    static void restartAll() {
        KINDS.forEach(kind -> kind.budget.restart());
    }

    /** Returns whether to write a line. An {@link OutOfMemoryError} always passes, because a process must react. */
    private boolean mayWrite(@Nullable Object last) {
        return last instanceof OutOfMemoryError || (logger.isEnabledForLevel(level) && budget.tryTake());
    }

    private void write(@Nullable Object... arguments) {
        FormattingTuple line = MessageFormatter.arrayFormat(format, arguments);
        String text = line.getMessage();
        if (text.length() > LINE_CHARS_MAX) {
            text = text.substring(0, LINE_CHARS_MAX) + "...";
        }
        long others = budget.takeLeftOut();
        if (others > 0) {
            text += " (and " + others + " others since the last such line)";
        }
        boolean isFatal = line.getThrowable() instanceof OutOfMemoryError;
        logger.atLevel(isFatal ? Level.ERROR : level)
                .setCause(line.getThrowable())
                .log(text);
    }
}
