package dev.tessera.impl.journal;

/** Totals of what was written. Thread: the journal's writer counts; any may read. */
final class JournalRecorder {

    private volatile long payloads;
    private volatile long writtenBytes;
    private volatile long forces;
    private volatile long forceNanos;
    private volatile long images;

    void payload() {
        payloads = payloads + 1;
    }

    void wrote(long bytes) {
        writtenBytes = writtenBytes + bytes;
    }

    void forced(long nanos) {
        forces = forces + 1;
        forceNanos = forceNanos + nanos;
    }

    void image() {
        images = images + 1;
    }

    long payloads() {
        return payloads;
    }

    long writtenBytes() {
        return writtenBytes;
    }

    long forces() {
        return forces;
    }

    long forceNanos() {
        return forceNanos;
    }

    long images() {
        return images;
    }
}
