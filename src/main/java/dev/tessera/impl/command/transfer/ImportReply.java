package dev.tessera.impl.command.transfer;

import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The result of an {@link ImportCommand}: {@code DONE}, sessions int32, keys int64, and the message.
 *
 * @param sessions the number of sessions that were imported
 * @param keys the number of their keys
 * @param refusal the reason for which the command stopped early; empty if it did not
 */
public record ImportReply(int sessions, long keys, String refusal) {

    /** The refusal of a piece without the earlier ones: the partition has moved, or did not execute them. */
    static final String LOST = "a piece of a session was lost; try again";

    private static final int SESSIONS = 1;
    private static final int KEYS = SESSIONS + Integer.BYTES;
    private static final int REFUSAL = KEYS + Long.BYTES;

    /** Reads a reply. Returns null if the command did not write it. */
    public static @Nullable ImportReply of(byte[] reply) {
        if (reply.length < REFUSAL || reply[0] != InternalCommand.DONE) {
            return null;
        }
        return new ImportReply(
                Bytes.intAt(reply, SESSIONS),
                Bytes.longAt(reply, KEYS),
                new String(reply, REFUSAL, reply.length - REFUSAL, StandardCharsets.UTF_8));
    }

    /** Returns whether pieces of a session are missing, so that it must begin again. */
    public boolean lost() {
        return refusal.equals(LOST);
    }

    /** Writes the result after {@code DONE}. */
    void write(JsonWriter out) {
        out.intBytes(sessions).longBytes(keys).raw(refusal.getBytes(StandardCharsets.UTF_8));
    }
}
