package dev.tessera.impl.command.transfer;

import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/**
 * What an {@link ImportCommand} has done: {@code DONE}, sessions int32, keys int64, and the message.
 *
 * @param sessions how many sessions were taken
 * @param keys how many keys these have
 * @param refusal why not all was looked at; empty where it was
 */
public record ImportReply(int sessions, long keys, String refusal) {

    /**
     * The refusal of a piece where one before it is missing: the partition has moved, or the piece was never executed.
     */
    static final String LOST = "a piece of a session was lost; try again";

    private static final int SESSIONS = 1;
    private static final int KEYS = SESSIONS + Integer.BYTES;
    private static final int REFUSAL = KEYS + Long.BYTES;

    /** Reads a reply; null where it is not the command's. */
    public static ImportReply of(byte[] reply) {
        if (reply.length < REFUSAL || reply[0] != InternalCommand.DONE) {
            return null;
        }
        return new ImportReply(
                Bytes.intAt(reply, SESSIONS),
                Bytes.longAt(reply, KEYS),
                new String(reply, REFUSAL, reply.length - REFUSAL, StandardCharsets.UTF_8));
    }

    /** Says whether pieces of a session are missing, so that it must begin again. */
    public boolean lost() {
        return refusal.equals(LOST);
    }

    /** Writes all behind {@code DONE}. */
    void write(JsonWriter out) {
        out.intBytes(sessions).longBytes(keys).raw(refusal.getBytes(StandardCharsets.UTF_8));
    }
}
