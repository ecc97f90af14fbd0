package dev.tessera.impl.journal;

/** Says that an image is complete, at its place among the chunks. */
record SnapshotEnd(long image) implements Chunk {

    @Override
    public void writeTo(PayloadSink sink) {
        // It is a word to the writer, and no part of the log.
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public long admitted() {
        return 0;
    }

    @Override
    public boolean isImage() {
        return false;
    }
}
