package dev.tessera.impl.command;

import dev.tessera.impl.protocol.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The result of a change in place for one key.
 *
 * @param value the whole new value; null if the key stays as it is
 * @param answer the JSON text that answers the key
 * @param fault the reason why the command fails; null if it does not
 */
public record Edit(
        byte @Nullable [] value, byte[] answer, @Nullable Fault fault) {

    private static final byte[] NO_ANSWER = {};

    /** Creates the result of a change. */
    public Edit(byte @Nullable [] value, byte[] answer) {
        this(value, answer, null);
    }

    /** Returns the result of a key with which the command fails. */
    public static Edit failed(Fault fault) {
        return new Edit(null, NO_ANSWER, fault);
    }
}
