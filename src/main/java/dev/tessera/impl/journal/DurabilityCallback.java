package dev.tessera.impl.journal;

/** Reports each position once as durable or failed. Thread: the journal's writer. */
final class DurabilityCallback {

    private final JournalListener listener;
    private long taken;
    private long reported;

    DurabilityCallback(JournalListener listener) {
        this.listener = listener;
    }

    /** Notes that the writer took all chunks up to this position. */
    void taken(long position) {
        taken = position;
    }

    /** Reports that all taken chunks are on disk. */
    void durable() {
        if (reported < taken) {
            reported = taken;
            listener.durable(reported);
        }
    }

    /** Reports that the taken chunks that were not durable may be on disk or not. */
    void failed() {
        if (reported < taken) {
            reported = taken;
            listener.failed(reported);
        }
    }
}
