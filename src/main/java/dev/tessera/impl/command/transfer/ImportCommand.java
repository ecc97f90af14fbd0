package dev.tessera.impl.command.transfer;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.ChangeBound;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.PendingTransfers;
import dev.tessera.impl.session.Session;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Imports sessions into a partition. Each session is one change: other commands see all of it or nothing, even if it
 * arrives in several pieces. A session whose token is in use stays unchanged. {@link ImportChunk} builds the argument,
 * and {@link ImportReply} reads the reply.
 */
public final class ImportCommand extends InternalCommand {

    /** The refusal if other imports wait for their rest. */
    static final String TOO_MUCH = "too much is on its way into one partition; try again";

    /** The only instance. */
    public static final ImportCommand INSTANCE = new ImportCommand();

    private ImportCommand() {
        super("IMPORT", "Imports sessions into a partition.", Effect.WRITE);
    }

    /** The journal records a session with its last piece, so the last piece includes the bytes of the earlier ones. */
    @Override
    public long changeBytesMax(Request request, Partitions partitions) {
        byte[] chunk = request.argument();
        int flags = chunk[Long.BYTES];
        long uploaded = 0;
        if ((flags & ImportChunk.FIRST) == 0) {
            if ((flags & ImportChunk.LAST) == 0) {
                return 0;
            }
            Upload upload =
                    partition(request, partitions).pendingTransfers().peek(Bytes.longAt(chunk, 0), Upload.class);
            uploaded = upload == null ? 0 : upload.changeBytesMax();
        }
        // Sessions and keys take at most twice as much in the journal as in the argument.
        return ChangeBound.COMMAND_BYTES + uploaded + 2L * chunk.length;
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        answer.beginPart();
        new Import(request.argument(), partition, nowMs).run().write(answer.part());
    }

    /** A session that arrives in several pieces. */
    private static final class Upload implements PendingTransfers.Content {

        /** Null if the token is in use; the keys are ignored then. */
        private final @Nullable Session session;

        private int pieces;

        Upload(@Nullable Session session) {
            this.session = session;
        }

        @Override
        public long memoryBytes() {
            return session == null ? 0 : session.memoryBytes();
        }

        private void discard() {
            if (session != null) {
                session.discard();
            }
        }

        private long changeBytesMax() {
            // Twice, because a large key may be in a payload of its own.
            return session == null
                    ? 0
                    : session.keys().bytes()
                            + 2L * ChangeBound.ITEM_BYTES * session.keys().heldSize()
                            + session.name().length;
        }
    }

    /** The execution of one argument. */
    private static final class Import {

        private final byte[] chunk;
        private final Partition partition;
        private final long nowMs;
        private final long id;
        private int at = Long.BYTES;
        private int sessions;
        private long keys;

        Import(byte[] chunk, Partition partition, long nowMs) {
            this.chunk = chunk;
            this.partition = partition;
            this.nowMs = nowMs;
            this.id = Bytes.longAt(chunk, 0);
        }

        ImportReply run() {
            partition.begin(nowMs);
            String refusal = "";
            while (at < chunk.length && refusal.isEmpty()) {
                refusal = piece();
            }
            return new ImportReply(sessions, keys, refusal);
        }

        private String piece() {
            int flags = chunk[at++];
            boolean first = (flags & ImportChunk.FIRST) != 0;
            boolean last = (flags & ImportChunk.LAST) != 0;
            if ((flags & ImportChunk.ABORT) != 0) {
                partition.pendingTransfers().remove(id);
                at = chunk.length;
                return "";
            }
            if (first && !partition.memory().admitsSession()) {
                partition.memory().budget().addRefused();
                return Messages.LOAD_DOES_NOT_FIT;
            }
            Upload upload = first
                    ? new Upload(session(flags))
                    : partition.pendingTransfers().get(id, Upload.class, nowMs);
            if (upload == null || (!first && takeInt() != upload.pieces)) {
                return ImportReply.LOST;
            }
            upload.pieces++;
            if (upload.session != null && !fits(upload.session.keys())) {
                if (first) {
                    upload.discard();
                } else {
                    partition.pendingTransfers().remove(id);
                }
                partition.memory().budget().addRefused();
                return Messages.LOAD_DOES_NOT_FIT;
            }
            readKeys(upload.session, takeInt(), takeInt());
            partition.memory().settle();
            if (!last) {
                if (!first || partition.pendingTransfers().put(id, upload, nowMs)) {
                    return "";
                }
                upload.discard();
                return TOO_MUCH;
            }
            if (!first) {
                partition.pendingTransfers().keep(id);
            }
            if (upload.session != null && partition.adopt(upload.session, nowMs)) {
                sessions++;
                keys += upload.session.keys().heldSize();
            } else {
                upload.discard();
            }
            return "";
        }

        private @Nullable Session session(int flags) {
            long token = takeLong();
            long durationSeconds = takeLong();
            int length = takeInt();
            byte[] name = Arrays.copyOfRange(chunk, at, at + length);
            at += length;
            return partition.find(token, nowMs) != null
                    ? null
                    : partition.prepare(
                            token,
                            name,
                            (flags & ImportChunk.SHARED) != 0,
                            new Expiry(durationSeconds, (flags & ImportChunk.DELETE_SESSION) != 0));
        }

        /** Returns whether the keys of the piece fit, with all that follows in the argument. */
        private boolean fits(KeySpace keys) {
            int newKeys = Bytes.intAt(chunk, at);
            int newEnds = Bytes.intAt(chunk, at + Integer.BYTES);
            return partition
                    .memory()
                    .reserve(keys.growthMax(newKeys, chunk.length - at, false)
                            + keys.endingGrowth(newKeys, newEnds)
                            + newEnds * KeyRecord.END_GROWTH_MAX);
        }

        private void readKeys(@Nullable Session session, int newKeys, int newEnds) {
            for (int left = newKeys; left > 0; left--) {
                int keyFrom = at + Integer.BYTES;
                int keyTo = keyFrom + Bytes.intAt(chunk, at);
                int valueFrom = keyTo + Integer.BYTES;
                int valueTo = valueFrom + Bytes.intAt(chunk, keyTo);
                if (session != null) {
                    session.keys().put(chunk, keyFrom, keyTo, chunk, valueFrom, valueTo);
                }
                at = valueTo;
            }
            for (int left = newEnds; left > 0; left--) {
                int keyFrom = at + Integer.BYTES;
                int keyTo = keyFrom + Bytes.intAt(chunk, at);
                if (session != null) {
                    end(session.keys(), keyFrom, keyTo, Bytes.longAt(chunk, keyTo));
                }
                at = keyTo + Long.BYTES;
            }
        }

        /** Moves the end of a key. A key that has ended since the save is not loaded. */
        private void end(KeySpace keys, int keyFrom, int keyTo, long endMs) {
            if (endMs <= nowMs) {
                keys.remove(chunk, keyFrom, keyTo);
            } else {
                keys.moveEnd(chunk, keyFrom, keyTo, endMs);
            }
        }

        private int takeInt() {
            at += Integer.BYTES;
            return Bytes.intAt(chunk, at - Integer.BYTES);
        }

        private long takeLong() {
            at += Long.BYTES;
            return Bytes.longAt(chunk, at - Long.BYTES);
        }
    }
}
