package dev.tessera.impl.journal;

import java.io.IOException;

/**
 * Payloads that a store appends together, in order: those of one batch of commands (see {@link PayloadChunk}), or
 * images of sessions, which are encoded when it is their turn. What it holds must not change any more once it is
 * appended.
 */
public interface Chunk {

    /**
     * Hands over the payloads in order, each of them all or nothing at the next start. A large image is handed over as
     * several payloads of bounded size. Thread: the journal's writer, once.
     */
    void writeTo(PayloadSink sink) throws IOException;

    /** About how many bytes it holds on to while it waits. */
    long bytes();

    /** What {@link JournalLog#admit} was asked for on its behalf, in all; returned once it is written. */
    long admitted();

    /** Whether it is a part of an image (see {@link JournalListener#imageWanted}). */
    boolean isImage();
}
