package dev.tessera.impl.session;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The partitions of one owner, by token and by number. Thread: the owner. */
public interface Partitions {

    /** The most sessions that end to make room for one command, because they all end within its turn. */
    int EVICTIONS_MAX = 1000;

    /** Returns whether this owner has the partition of a token. */
    boolean owns(long token);

    /** Returns the partition of a token; this owner must have it. */
    Partition of(long token);

    /** Returns the partition with this number, or null if this owner does not have it. */
    @Nullable
    Partition at(int number);

    /** Must be called after a command has used {@link Partition#globalKeys}. */
    void globalKeysUsed();

    /**
     * Ends a session to make room for others, if the policy allows that.
     *
     * @param except a session that stays; may be null
     * @return whether one has ended
     */
    default boolean evict(@Nullable Session except, long nowMs) {
        return false;
    }

    /**
     * Ends sessions until something fits.
     *
     * @param fits returns whether it fits
     * @param except a session that stays; may be null
     * @return whether it fits
     */
    default boolean makeRoom(BooleanSupplier fits, @Nullable Session except, long nowMs) {
        for (int evicted = 0; evicted < EVICTIONS_MAX && evict(except, nowMs); evicted++) {
            if (fits.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** Visits every partition of this owner. */
    void forEach(Consumer<Partition> consumer);
}
