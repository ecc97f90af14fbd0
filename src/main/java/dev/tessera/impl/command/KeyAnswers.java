package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.protocol.Status;

/** Takes what a command answers for each of its keys: as members of its answer, or as pieces of a part. */
@FunctionalInterface
public interface KeyAnswers {

    /**
     * Begins the answer for a key; it is to be written to what is returned. A key for which it is not called has none.
     */
    JsonWriter key(Keys named, int index);

    /** A status for a key. */
    default void status(Keys named, int index, Status status) {
        key(named, index).unsigned(status.code());
    }
}
