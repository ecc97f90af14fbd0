package dev.tessera.impl.journal;

/** Thrown if the journal has damage that no crash can cause. The message names the file, the offset, and the remedy. */
public final class JournalDamagedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    JournalDamagedException(String file, long offset, String what) {
        super(file + " at byte " + offset + ": " + what);
        this.file = file;
        this.offset = offset;
    }

    /** Returns the name of the damaged file. */
    public String file() {
        return file;
    }

    /** Returns the offset of the damage in the file, in bytes. */
    public long offset() {
        return offset;
    }
}
