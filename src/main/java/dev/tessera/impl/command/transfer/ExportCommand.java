package dev.tessera.impl.command.transfer;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.PendingTransfers;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Exports the sessions of a partition chunk by chunk, as the text of a save
 * ({@link dev.tessera.impl.dataset.SessionHeader}) with commas between them. Each session is a snapshot of one instant.
 * {@link ExportQuery} creates an argument, and {@link ExportChunk} reads a reply.
 *
 * <p>If a session is larger than a chunk, its snapshot stays with the partition
 * ({@link dev.tessera.impl.session.PendingTransfers}), and the next query must go on with it.
 */
public final class ExportCommand extends InternalCommand {

    /** The size of a chunk in bytes. A chunk may be larger by one key. */
    public static final int CHUNK_BYTES = 256 * 1024;

    /** The message if the partition has moved, or has forgotten the rest of a session. */
    static final String SNAPSHOT_LOST = "the snapshot of a session was lost; try again";
    /** The message if other exports wait for their rest. */
    static final String TOO_MUCH = "too much is on its way out of one partition; try again";

    /** The only instance. */
    public static final ExportCommand INSTANCE = new ExportCommand();

    private ExportCommand() {
        super("EXPORT", "Exports sessions of a partition.", Effect.READ);
    }

    /** The snapshots to write, in order. */
    private static final class Snapshots extends ArrayDeque<ExportedSession> implements PendingTransfers.Content {

        private static final long serialVersionUID = 1L;

        private long countedBytes;

        /** Counts the snapshots, because they stay until the next query. */
        private void count(MemoryAccount memory) {
            for (ExportedSession snapshot : this) {
                countedBytes += snapshot.memoryBytes();
            }
            memory.add(countedBytes);
        }

        @Override
        public long memoryBytes() {
            return countedBytes;
        }
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        byte[] query = request.argument();
        long id = ExportQuery.id(query);
        boolean goesOn = ExportQuery.kind(query) == ExportQuery.CONTINUE;
        Snapshots snapshots = goesOn ? partition.pendingTransfers().get(id, Snapshots.class, nowMs) : new Snapshots();
        if (snapshots == null) {
            answer.fault(request, new Fault(Status.UNAVAILABLE, SNAPSHOT_LOST));
            return;
        }
        JsonWriter out = answer.beginPart().part();
        int header = out.size();
        ExportChunk.reserveHeader(out);
        int textFrom = out.size();
        ExportCounts written = new ExportCounts();
        long next = goesOn ? 0 : collect(query, partition, nowMs, snapshots, out, written);
        boolean open = !write(snapshots, out, textFrom, written);
        if (!open) {
            partition.pendingTransfers().remove(id);
        } else if (!goesOn && !keep(snapshots, id, partition, nowMs)) {
            out.truncate(header - 1);
            answer.fault(request, new Fault(Status.LIMIT_EXCEEDED, TOO_MUCH));
            return;
        }
        ExportChunk.writeHeader(
                out.array(),
                header,
                next,
                written,
                open,
                open && snapshots.peek().isBegun());
    }

    private static boolean keep(Snapshots snapshots, long id, Partition partition, long nowMs) {
        snapshots.count(partition.memory());
        boolean kept = partition.pendingTransfers().put(id, snapshots, nowMs);
        if (!kept) {
            partition.memory().add(-snapshots.memoryBytes());
        }
        return kept;
    }

    /**
     * Writes sessions until the chunk is full, and returns the position of the next query. Leaves the first session
     * that does not fit in {@code snapshots}, with those that the same step of the scan has found.
     */
    private static long collect(
            byte[] query, Partition partition, long nowMs, Snapshots snapshots, JsonWriter out, ExportCounts written) {
        int textFrom = out.size();
        long next = ExportQuery.from(query);
        long end = ExportQuery.end(query);
        while (next < end && snapshots.isEmpty() && out.size() < textFrom + CHUNK_BYTES) {
            if (ExportQuery.kind(query) == ExportQuery.SCAN) {
                next = partition.scan(next, session -> add(session, nowMs, snapshots));
            } else {
                add(partition.find(ExportQuery.token(query, next), nowMs), nowMs, snapshots);
                next++;
            }
            write(snapshots, out, textFrom, written);
        }
        return next;
    }

    private static void add(@Nullable Session session, long nowMs, Snapshots snapshots) {
        if (session != null && !(session.isExpired(nowMs) && session.expiry().deleteSession())) {
            snapshots.add(new ExportedSession(session, nowMs));
        }
    }

    /** Writes as many snapshots as fit, and returns whether these were all. */
    private static boolean write(Snapshots snapshots, JsonWriter out, int textFrom, ExportCounts written) {
        int sizeMax = textFrom + CHUNK_BYTES;
        while (!snapshots.isEmpty()) {
            ExportedSession snapshot = snapshots.peek();
            if (out.size() >= sizeMax) {
                return false;
            }
            if (!snapshot.isBegun() && out.size() > textFrom) {
                out.mark(',');
            }
            if (!snapshot.write(out, sizeMax, written)) {
                return false;
            }
            snapshots.remove();
        }
        return true;
    }
}
