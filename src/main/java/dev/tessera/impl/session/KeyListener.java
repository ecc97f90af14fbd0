package dev.tessera.impl.session;

/**
 * Hears of the changes to one key space. Where nobody listens there is none, so that a change costs one look at a null.
 */
interface KeyListener {

    void set(byte[] keyRecord);

    void updated(byte[] keyRecord);

    void removed(byte[] keyRecord);

    /** With what was there: the records, and holes between them. */
    void cleared(byte[][] keyRecords);
}
