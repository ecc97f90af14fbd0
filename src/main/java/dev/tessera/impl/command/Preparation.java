package dev.tessera.impl.command;

import java.util.function.BooleanSupplier;

/**
 * The slow part of a command that changes something: a worker computes a result from immutable values. Then the owner
 * executes the command again, which finds the result in {@link Answer#prepared}. It must check that the values are
 * still the same.
 */
public non-sealed interface Preparation extends Later {

    /**
     * Computes the result. Thread: any but an event loop.
     *
     * @param gone returns whether nobody waits for the command any more, so that it may end without a result
     */
    void run(BooleanSupplier gone);
}
