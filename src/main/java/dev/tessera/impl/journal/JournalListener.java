package dev.tessera.impl.journal;

/**
 * Is told by the journal what has become of chunks, and when it wants an image. Thread: the journal's writer; it must
 * not block or throw.
 */
public interface JournalListener {

    /** All chunks up to this position, other than those that were told failed, are on disk. */
    void durable(long position);

    /** All chunks up to this position that were not told durable may or may not be on disk. */
    void failed(long position);

    /**
     * Every store is to append an image of each of its sessions, as chunks whose {@link Chunk#isImage} is true, among
     * its other chunks, and {@link JournalLog#imageComplete} is to be called with this number when all have done so. An
     * image that is under way under an older number is to be given up.
     *
     * <p>At the next start only what was appended since this call may be left. A change to a session that comes before
     * its image, and to which the replay finds no session, must therefore be ignored there: the image has it.
     */
    void imageWanted(long image);

    /** What changes are answered has changed, or why; see {@link JournalLog#health}. */
    void healthChanged();
}
