package dev.tessera.impl.journal;

/** When what was appended is forced to disk. */
public enum JournalPolicy {
    /** Once a second; a crash of the machine loses at most what was appended since. */
    EVERYSEC,
    /** At once, for all that waits together. */
    ALWAYS
}
