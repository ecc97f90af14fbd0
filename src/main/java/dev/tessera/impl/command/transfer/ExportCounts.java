package dev.tessera.impl.command.transfer;

/** The numbers of sessions that begin in one chunk of an export, and of keys in it. */
final class ExportCounts {

    int sessions;
    long keys;
    /** Whether the chunk contains ends of keys. */
    boolean keyEnds;
}
