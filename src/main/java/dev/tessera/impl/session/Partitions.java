package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryAccount;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The partitions of one owner, by token and by number. Thread: the owner. */
public interface Partitions {

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
     * Reserves memory after it has ended sessions, if the policy allows that. It ends none if these would not suffice.
     *
     * @param memory the account that needs room
     * @param bytes the bytes that it needs
     * @param sessions the number of new sessions that need a place
     * @param except a session that stays; may be null
     * @return whether the bytes are reserved, and the limit of sessions admits the new ones
     */
    default boolean makeRoom(MemoryAccount memory, long bytes, int sessions, @Nullable Session except, long nowMs) {
        return false;
    }

    /** Visits every partition of this owner. */
    void forEach(Consumer<Partition> consumer);
}
