package dev.tessera.impl.command;

import dev.tessera.impl.session.KeyOrder;

/** A source of everything that depends on the server's secret. Thread: one at a time. */
public interface TokenSource {

    /** Returns a token that nobody can guess. */
    long random();

    /**
     * Returns the token of the shared session with this name. It depends on the server's secret, without which nobody
     * can guess it.
     *
     * @param name canonical text (see {@link dev.tessera.impl.json.JsonString})
     */
    long shared(byte[] name);

    /**
     * Returns the token that routes a key of the global key space. It depends on the server's secret, without which
     * nobody can aim keys at one partition.
     *
     * @param text an array that holds the canonical text of the key from {@code from} to {@code to}
     */
    long ofKey(byte[] text, int from, int to);

    /** Returns the order of the keys in lists. */
    KeyOrder keyOrder();
}
