package dev.tessera.impl.journal;

import java.io.IOException;
import java.util.Arrays;

/**
 * Payloads that lie one after the other in an array, each with its end. Thread: one store's, and the journal's writer
 * once it is appended.
 */
public final class PayloadChunk implements Chunk {

    private static final int ENDS = 16;

    private final long admitted;
    private byte[] bytes = {};
    private int[] ends = new int[ENDS];
    private int count;
    /** Null where the array is not to be used again. */
    private BufferPool spares;

    /** With what was admitted for it, in all. */
    public PayloadChunk(long admitted) {
        this.admitted = admitted;
    }

    /**
     * Says that a payload ends at {@code end} of the array that {@link #of} will get, and the next one begins there.
     */
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

    /** Takes the array in which the payloads lie, which may be longer. It must not change any more. */
    public PayloadChunk of(byte[] payloads) {
        bytes = payloads;
        return this;
    }

    /** Gives the array away once it is written, so that it must be used nowhere else. */
    public PayloadChunk thenSpare(BufferPool arrays) {
        spares = arrays;
        return this;
    }

    /** The array in which the payloads lie; not to be changed. */
    public byte[] array() {
        return bytes;
    }

    /** Where each payload ends. */
    public int[] ends() {
        return Arrays.copyOf(ends, count);
    }

    /** How many payloads there are. */
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
        if (spares != null) {
            spares.offer(bytes);
        }
    }

    @Override
    public long bytes() {
        return count == 0 ? 0 : ends[count - 1];
    }

    @Override
    public long admitted() {
        return admitted;
    }

    @Override
    public boolean isImage() {
        return false;
    }
}
