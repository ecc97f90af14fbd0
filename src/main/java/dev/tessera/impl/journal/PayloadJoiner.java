package dev.tessera.impl.journal;

import dev.tessera.impl.journal.format.JournalFrame;
import java.io.IOException;
import java.util.Arrays;

/** Joins the payloads that lie in several frames. Thread: one. */
final class PayloadJoiner {

    private final PayloadSink sink;
    private byte[] open = {};
    private int openBytes;
    private boolean isOpen;
    private long records;

    PayloadJoiner(PayloadSink sink) {
        this.sink = sink;
    }

    /**
     * Takes the next frame's payload. A payload that ends here and whose beginning is missing is left out; then false.
     */
    boolean frame(byte kind, byte[] bytes, int from, int to) throws IOException {
        if (kind == JournalFrame.WHOLE || kind == JournalFrame.FIRST) {
            // What is open was cut short by a crash.
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

    /** Drops what is open. */
    void forget() {
        isOpen = false;
        openBytes = 0;
        if (open.length > 4 * JournalFrame.PAYLOAD_BYTES_MAX) {
            open = new byte[0];
        }
    }

    /** How many payloads were handed over. */
    long records() {
        return records;
    }
}
