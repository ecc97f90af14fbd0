package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.protocol.Status;

/** Receives the answers for single keys: as members of an answer, or as fragments of a part. */
@FunctionalInterface
public interface KeyAnswers {

    /**
     * Begins the answer for a key. The caller writes it to the returned writer. A key without a call has no answer.
     *
     * @param index the index of the key in {@code named}
     */
    JsonWriter key(Keys named, int index);

    /** Answers a key with a status. */
    default void status(Keys named, int index, Status status) {
        key(named, index).unsigned(status.code());
    }
}
