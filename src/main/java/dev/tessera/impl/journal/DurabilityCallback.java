package dev.tessera.impl.journal;

/** Tells of each position once that it is durable, or that it failed. Thread: the journal's writer. */
final class DurabilityCallback {

    private final JournalListener listener;
    private long taken;
    private long told;

    DurabilityCallback(JournalListener listener) {
        this.listener = listener;
    }

    /** Says that all chunks up to this position were taken. */
    void taken(long position) {
        taken = position;
    }

    /** What was taken is on disk. */
    void durable() {
        if (told < taken) {
            told = taken;
            listener.durable(told);
        }
    }

    /** What was taken, and was not durable, may or may not be. */
    void failed() {
        if (told < taken) {
            told = taken;
            listener.failed(told);
        }
    }
}
