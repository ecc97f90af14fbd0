package dev.tessera.impl.cluster.partition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the copies of a partition are told of one batch, or of one sweep: what became of the sessions, not the commands,
 * so that a copy needs no clock, decodes nothing and cannot come to another result. Immutable.
 *
 * <pre>
 *   version int8 | previous int64 | next int64 | now int64
 *   | payloads int32 | each end int32 | bytes of payloads int32 | payloads (see the journal's)
 *   | has batch int8 | dispatcher 2 x int64 | number int64 | length of result int32, or -1 | result
 * </pre>
 *
 * @param previous the state that a copy must be in for the change to fit
 * @param next the state that it is in then; the same where the copy is only asked whether it is there
 * @param nowMs the time of the partition
 * @param payloads what has changed
 * @param ends where each payload ends
 * @param dispatcher whose batch it was; null for a sweep
 * @param number the number of that batch
 * @param result what was answered; null where it is not to be remembered
 */
public record PartitionChange(
        long previous,
        long next,
        long nowMs,
        byte[] payloads,
        int[] ends,
        DispatcherId dispatcher,
        long number,
        byte[] result) {

    private static final byte VERSION = 1;
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_ENDS = {};

    /** Asks a copy whether it is in a state, and changes nothing. */
    static PartitionChange confirmation(long state, long nowMs) {
        return new PartitionChange(state, state, nowMs, NO_BYTES, NO_ENDS, null, 0, null);
    }

    boolean isConfirmation() {
        return previous == next;
    }

    /** Writes it for another node. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(previous);
        out.writeLong(next);
        out.writeLong(nowMs);
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

    /** Reads what another node has written. */
    public static PartitionChange read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("a change of version " + version + "; all nodes must run the same version");
        }
        long previous = in.readLong();
        long next = in.readLong();
        long nowMs = in.readLong();
        int[] ends = new int[in.readInt()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = in.readInt();
        }
        byte[] payloads = bytes(in);
        if (!in.readBoolean()) {
            return new PartitionChange(previous, next, nowMs, payloads, ends, null, 0, null);
        }
        return new PartitionChange(
                previous, next, nowMs, payloads, ends, DispatcherId.read(in), in.readLong(), bytes(in));
    }

    private static byte[] bytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
