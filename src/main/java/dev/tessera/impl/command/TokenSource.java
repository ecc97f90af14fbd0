package dev.tessera.impl.command;

/** Where tokens come from. Thread: one at a time. */
public interface TokenSource {

    /** A token that nobody can guess. */
    long random();

    /**
     * The token of the shared session with this name: always the same under one secret, and not to be guessed without
     * it.
     *
     * @param name canonical text (see {@link dev.tessera.impl.json.JsonString})
     */
    long shared(byte[] name);

    /**
     * The token by which a key finds its partition where sessions are switched off: always the same under one secret,
     * and spread so that nobody without it can aim keys at one partition.
     *
     * @param text an array that holds the canonical text of the key from {@code from} to {@code to}
     */
    long ofKey(byte[] text, int from, int to);
}
