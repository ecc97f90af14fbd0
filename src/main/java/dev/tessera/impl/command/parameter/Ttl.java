package dev.tessera.impl.command.parameter;

import dev.tessera.impl.session.KeyRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A time to live: one for all keys, one for each of some keys, or the one that each key has. It counts milliseconds
 * from the execution of the command. Immutable after it is read.
 */
public final class Ttl {

    /** The time to live of a key without an end. */
    public static final long FOR_EVER = 0;

    /** A key keeps the end that it has. */
    public static final long KEEP = -1;

    /** The command states no time to live for a key. */
    public static final long UNSTATED = -2;

    /** Every key keeps the end that it has. */
    static final Ttl KEPT = new Ttl(KEEP, null);

    private final long allMs;
    /** Null if all keys have the same time. */
    private final @Nullable TtlByKey some;

    private Ttl(long allMs, @Nullable TtlByKey some) {
        this.allMs = allMs;
        this.some = some;
    }

    static Ttl ofAll(long ms) {
        return new Ttl(ms, null);
    }

    static Ttl of(TtlByKey some) {
        return new Ttl(UNSTATED, some);
    }

    /** Returns the milliseconds for a key; or {@link #FOR_EVER}, {@link #KEEP} or {@link #UNSTATED}. */
    public long ms(byte[] key, int from, int to) {
        if (some == null) {
            return allMs;
        }
        int index = some.indexOf(key, from, to);
        return index < 0 ? UNSTATED : some.ms(index);
    }

    /** Returns the end of a key with this many milliseconds to live from now. */
    public static long endMs(long nowMs, long ms) {
        return ms == FOR_EVER ? KeyRecord.NO_END : nowMs + ms;
    }

    /** Keys with milliseconds each. If a message repeats a key, its last time counts. */
    static final class TtlByKey extends Keys {

        private long[] milliseconds = new long[1];

        TtlByKey() {
            super(2);
        }

        long ms(int index) {
            return milliseconds[index];
        }

        void set(int index, long ms) {
            if (index == milliseconds.length) {
                milliseconds = Arrays.copyOf(milliseconds, index * 2);
            }
            milliseconds[index] = ms;
        }

        /** Returns whether all times are valid. */
        boolean isValid() {
            for (int i = 0; i < size(); i++) {
                if (milliseconds[i] == Seconds.INVALID) {
                    return false;
                }
            }
            return true;
        }
    }
}
