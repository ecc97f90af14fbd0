package dev.tessera.client;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of arguments. A null where none is allowed is a fault of the program, so the called method throws at once. */
final class Arguments {

    private static final int NANOS_PER_MILLI = 1_000_000;
    /** The protocol keeps revisions below 2^53, for JavaScript. */
    private static final long REVISION_MAX = (1L << 53) - 1;

    private Arguments() {}

    /**
     * Returns an argument that must not be null.
     *
     * @param name the name of the parameter, for the message
     * @throws NullPointerException if the argument is null
     */
    static <T> T notNull(@Nullable T argument, String name) {
        if (argument == null) {
            throw new NullPointerException("no null " + name + " accepted");
        }
        return argument;
    }

    /**
     * Returns a time to live that the protocol can express.
     *
     * @throws IllegalArgumentException if it is negative, or has a fraction of a millisecond
     */
    static Duration ttl(Duration argument, String name) {
        if (notNull(argument, name).isNegative() || argument.toNanosPart() % NANOS_PER_MILLI != 0) {
            throw new IllegalArgumentException(name + " must be whole milliseconds, and not negative");
        }
        return argument;
    }

    /**
     * Returns a revision.
     *
     * @throws IllegalArgumentException if no key can have it
     */
    static long revision(long argument) {
        if (argument < 0 || argument > REVISION_MAX) {
            throw new IllegalArgumentException("revision must be 0 to " + REVISION_MAX);
        }
        return argument;
    }

    /**
     * Returns a flag of JSON; the other value if it is missing or null.
     *
     * @throws IllegalArgumentException if it is no flag
     */
    static boolean flag(JsonObject json, String name, boolean otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException(name + " must be true or false");
    }

    /**
     * Returns a whole number of JSON; the other value if it is missing or null.
     *
     * @throws IllegalArgumentException if it is no whole number
     */
    static long number(JsonObject json, String name, long otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        throw new IllegalArgumentException(name + " must be a whole number");
    }
}
