package dev.tessera.impl.journal;

/** The journal holds something that no crash leaves behind. Its message names the file, the offset, and what to do. */
public final class JournalDamagedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    JournalDamagedException(String file, long offset, String what) {
        super(file + " at byte " + offset + ": " + what);
        this.file = file;
        this.offset = offset;
    }

    /** The file's name. */
    public String file() {
        return file;
    }

    /** Where in the file the damage begins, in bytes. */
    public long offset() {
        return offset;
    }
}
