package dev.tessera.impl.command;

import java.util.function.BooleanSupplier;

/** The rest of a command that only reads: a worker writes the whole reply. */
public non-sealed interface Deferred extends Later {

    /**
     * Writes the reply. Thread: any but an event loop.
     *
     * @param gone returns whether nobody waits for the reply any more, so that it may be any
     */
    void write(Answer answer, BooleanSupplier gone);
}
