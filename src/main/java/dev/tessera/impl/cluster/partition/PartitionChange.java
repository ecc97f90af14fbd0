package dev.tessera.impl.cluster.partition;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one batch or sweep, which the owner of a partition sends to the copies. It contains the effects on the
 * sessions and not the commands. So a copy needs no clock, decodes no command, and always gets the same result.
 * Immutable.
 *
 * <pre>
 *   version int8 | previous int64 | next int64 | now int64 | ceiling int64
 *   | payloads int32 | each end int32 | bytes of payloads int32 | payloads (see the journal's)
 *   | has batch int8 | dispatcher 2 x int64 | number int64 | length of result int32, or -1 | result
 * </pre>
 *
 * @param previous the state that a copy must be in before the change
 * @param next the state of the copy after the change; equal to {@code previous} in a confirmation
 * @param nowMs the time of the partition
 * @param ceiling the owner gives out no revision above it before it has sent a higher one
 * @param payloads the changes
 * @param ends the end of each payload
 * @param dispatcher the sender of the batch; null for a sweep
 * @param number the number of the batch
 * @param result the answer to the batch; null if copies need not keep it
 */
public record PartitionChange(
        long previous,
        long next,
        long nowMs,
        long ceiling,
        byte[] payloads,
        int[] ends,
        @Nullable DispatcherId dispatcher,
        long number,
        byte @Nullable [] result) {

    private static final byte VERSION = 2;
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_ENDS = {};

    /** Returns a change without effect, which asks a copy whether it is in this state. */
    static PartitionChange confirmation(long state, long nowMs, long ceiling) {
        return new PartitionChange(state, state, nowMs, ceiling, NO_BYTES, NO_ENDS, null, 0, null);
    }

    boolean isConfirmation() {
        return previous == next;
    }

    /** Writes the change for another node. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(previous);
        out.writeLong(next);
        out.writeLong(nowMs);
        out.writeLong(ceiling);
        out.writeInt(ends.length);
        for (int end : ends) {
            out.writeInt(end);
        }
        out.writeInt(payloads.length);
        out.write(payloads);
        out.writeBoolean(dispatcher != null);
        if (dispatcher != null) {
            dispatcher.write(out);
            out.writeLong(number);
            out.writeInt(result == null ? -1 : result.length);
            if (result != null) {
                out.write(result);
            }
        }
    }

    /** Reads a change of another node. */
    public static PartitionChange read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("a change of version " + version + "; all nodes must run the same version");
        }
        long previous = in.readLong();
        long next = in.readLong();
        long nowMs = in.readLong();
        long ceiling = in.readLong();
        int[] ends = new int[in.readInt()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = in.readInt();
        }
        byte[] payloads = requireNonNull(bytes(in), "payloads");
        if (!in.readBoolean()) {
            return new PartitionChange(previous, next, nowMs, ceiling, payloads, ends, null, 0, null);
        }
        return new PartitionChange(
                previous, next, nowMs, ceiling, payloads, ends, DispatcherId.read(in), in.readLong(), bytes(in));
    }

    private static byte @Nullable [] bytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
