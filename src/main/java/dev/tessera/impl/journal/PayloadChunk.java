package dev.tessera.impl.journal;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Payloads that follow each other in one array. Thread: the store's; after the append, the journal's writer. */
public final class PayloadChunk implements Chunk {

    private static final int ENDS = 16;

    private final long reserved;
    private byte[] bytes = {};
    private int[] ends = new int[ENDS];
    private int count;
    /** Null if the array is not reused. */
    private @Nullable BufferPool pool;

    /**
     * Creates an empty chunk.
     *
     * @param reserved see {@link #reserved}
     */
    public PayloadChunk(long reserved) {
        this.reserved = reserved;
    }

    /** Adds a payload, which ends at {@code end} of the array and begins at the end of the payload before. */
    public PayloadChunk endAt(int end) {
        if (end <= (count == 0 ? 0 : ends[count - 1])) {
            throw new IllegalArgumentException("a payload has at least one byte");
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = end;
        return this;
    }

    /** Sets the array of the payloads, which may be longer than they are. The content must not change any more. */
    public PayloadChunk of(byte[] payloads) {
        bytes = payloads;
        return this;
    }

    /** Returns the array to this pool after the write. Nobody else may use the array. */
    public PayloadChunk returnTo(BufferPool buffers) {
        pool = buffers;
        return this;
    }

    /** Returns the array of the payloads, which must not be changed. */
    public byte[] array() {
        return bytes;
    }

    /** Returns the end of each payload. */
    public int[] ends() {
        return Arrays.copyOf(ends, count);
    }

    /** Returns the number of payloads. */
    public int count() {
        return count;
    }

    @Override
    public void writeTo(PayloadSink sink) throws IOException {
        int from = 0;
        for (int i = 0; i < count; i++) {
            sink.payload(bytes, from, ends[i]);
            from = ends[i];
        }
        if (pool != null) {
            pool.offer(bytes);
        }
    }

    @Override
    public long bytes() {
        return count == 0 ? 0 : ends[count - 1];
    }

    @Override
    public long reserved() {
        return reserved;
    }

    @Override
    public boolean isSnapshot() {
        return false;
    }
}
