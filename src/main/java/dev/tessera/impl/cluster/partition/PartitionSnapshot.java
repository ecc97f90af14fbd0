package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.journal.PayloadSink;
import dev.tessera.impl.journal.change.Replayer;
import dev.tessera.impl.journal.change.SessionSnapshot;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.RevisionClock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A snapshot of a partition as bytes, written session by session. The ends of sessions are instants of the partition's
 * clock, whose time is part of the snapshot.
 *
 * <pre>
 *   version int8 | state int64 | now int64 | last revision int64 | ceiling int64 | floor int64
 *   | PAYLOAD 2 | length int32 | payload       a session or a part of one, as a journal has it
 *   | ...
 *   | END 0
 * </pre>
 */
final class PartitionSnapshot {

    private static final byte VERSION = 2;
    private static final byte END = 0;
    private static final byte PAYLOAD = 2;

    private PartitionSnapshot() {}

    /**
     * The state of a partition beside its sessions and keys.
     *
     * @param state the name of the state
     * @param nowMs the time of the partition
     * @param lastRevision the last revision that it gave out
     * @param ceiling see {@link RevisionClock}
     * @param floor see {@link RevisionClock}
     */
    record Header(long state, long nowMs, long lastRevision, long ceiling, long floor) {}

    /** Writes a snapshot of a partition. */
    static void write(DataOutput out, Header header, Partition partition) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(header.state);
        out.writeLong(header.nowMs);
        out.writeLong(header.lastRevision);
        out.writeLong(header.ceiling);
        out.writeLong(header.floor);
        try {
            PayloadSink sink = (bytes, from, to) -> writePayload(out, bytes, from, to);
            partition.forEachSession(session -> {
                try {
                    SessionSnapshot.of(session).writeTo(sink);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            if (partition.globalKeys().heldSize() > 0) {
                SessionSnapshot.ofGlobal(partition.globalKeys()).writeTo(sink);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.writeByte(END);
    }

    private static void writePayload(DataOutput out, byte[] bytes, int from, int to) throws IOException {
        out.writeByte(PAYLOAD);
        out.writeInt(to - from);
        out.write(bytes, from, to - from);
    }

    /** Reads a snapshot into a new partition, and returns the rest of its state. */
    static Header read(DataInput in, Replayer replayer) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("a partition of version " + version + "; all nodes must run the same version");
        }
        Header header = new Header(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        while (in.readByte() != END) {
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            replayer.accept(payload, 0, payload.length);
        }
        return header;
    }
}
