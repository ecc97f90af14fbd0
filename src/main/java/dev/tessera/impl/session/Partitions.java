package dev.tessera.impl.session;

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

    /** Visits every partition of this owner. */
    void forEach(Consumer<Partition> consumer);
}
