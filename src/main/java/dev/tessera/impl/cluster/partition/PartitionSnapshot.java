package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.journal.PayloadSink;
import dev.tessera.impl.journal.change.Replayer;
import dev.tessera.impl.journal.change.SessionSnapshot;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.PartitionRestorer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A snapshot of a partition as bytes, written session by session. The ends of sessions are instants of the partition's
 * clock, whose time is part of the snapshot.
 *
 * <pre>
 *   version int8 | state int64 | now int64
 *   | CHANGED 1 | int64                        last change of the next session; 0 for the global key space
 *   | PAYLOAD 2 | length int32 | payload       a session or a part of one, as a journal has it
 *   | ...
 *   | END 0
 * </pre>
 */
final class PartitionSnapshot {

    private static final byte VERSION = 1;
    private static final byte END = 0;
    private static final byte CHANGED = 1;
    private static final byte PAYLOAD = 2;

    private PartitionSnapshot() {}

    /** Writes a snapshot of a partition with its state and its time. */
    static void write(DataOutput out, long state, long nowMs, Partition partition) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(state);
        out.writeLong(nowMs);
        try {
            PayloadSink sink = (bytes, from, to) -> writePayload(out, bytes, from, to);
            partition.forEachSession(session -> {
                try {
                    writeChanged(out, session.changedMs());
                    SessionSnapshot.of(session).writeTo(sink);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            if (partition.globalKeys().size() > 0) {
                writeChanged(out, 0);
                SessionSnapshot.ofGlobal(partition.globalKeys()).writeTo(sink);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.writeByte(END);
    }

    private static void writeChanged(DataOutput out, long changedMs) throws IOException {
        out.writeByte(CHANGED);
        out.writeLong(changedMs);
    }

    private static void writePayload(DataOutput out, byte[] bytes, int from, int to) throws IOException {
        out.writeByte(PAYLOAD);
        out.writeInt(to - from);
        out.write(bytes, from, to - from);
    }

    /** Reads a snapshot; returns its state and its time. */
    static long[] read(DataInput in, PartitionRestorer restorer, Replayer replayer) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("a partition of version " + version + "; all nodes must run the same version");
        }
        long[] read = {in.readLong(), in.readLong()};
        while (true) {
            byte tag = in.readByte();
            if (tag == END) {
                return read;
            } else if (tag == CHANGED) {
                restorer.changedAt(in.readLong());
            } else {
                byte[] payload = new byte[in.readInt()];
                in.readFully(payload);
                replayer.accept(payload, 0, payload.length);
            }
        }
    }
}
