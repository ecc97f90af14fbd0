package dev.tessera.impl.journal;

import dev.tessera.impl.journal.format.JournalFrame;
import java.io.IOException;
import java.util.Arrays;

/** A joiner of payloads that are split into several frames. Thread: one. */
final class PayloadJoiner {

    private final PayloadSink sink;
    private byte[] open = {};
    private int openBytes;
    private boolean isOpen;
    private long records;

    PayloadJoiner(PayloadSink sink) {
        this.sink = sink;
    }

    /** Adds the next frame. Returns false, and drops the frame, if the beginning of its payload is missing. */
    boolean frame(byte kind, byte[] bytes, int from, int to) throws IOException {
        if (kind == JournalFrame.WHOLE || kind == JournalFrame.FIRST) {
            // A crash has cut off the rest of the open payload.
            forget();
        } else if (!isOpen) {
            return false;
        }
        if (kind == JournalFrame.WHOLE) {
            sink.payload(bytes, from, to);
            records++;
            return true;
        }
        isOpen = true;
        if (open.length - openBytes < to - from) {
            open = Arrays.copyOf(open, Math.max(open.length * 2, openBytes + to - from));
        }
        System.arraycopy(bytes, from, open, openBytes, to - from);
        openBytes += to - from;
        if (kind == JournalFrame.LAST) {
            sink.payload(open, 0, openBytes);
            records++;
            forget();
        }
        return true;
    }

    /** Drops the open payload. */
    void forget() {
        isOpen = false;
        openBytes = 0;
        if (open.length > 4 * JournalFrame.PAYLOAD_BYTES_MAX) {
            open = new byte[0];
        }
    }

    /** Returns how many payloads were passed on. */
    long records() {
        return records;
    }
}
