package dev.tessera.impl.session;

import java.util.function.Consumer;

/** The partitions that one owner has, by token and by number. Thread: the owner. */
public interface Partitions {

    /** Says whether the partition of this token is here. */
    boolean owns(long token);

    /** The partition of a token, which must be here. */
    Partition of(long token);

    /** The partition of this number, or null where it is not here. */
    Partition at(int number);

    /** To be called when a command has used {@link Partition#globalKeys} and is through. */
    void globalKeysUsed();

    /** Hands over every partition that is here. */
    void forEach(Consumer<Partition> consumer);
}
