package dev.tessera.impl.session;

import org.jspecify.annotations.Nullable;

/**
 * The bytes on the heap by which one key space grows with a command: the sum over all the records that it stores, and
 * over the tables that refer to them. Thread: the owner's.
 */
public final class KeySpaceGrowth {

    private final KeySpace keys;
    private long recordBytes;
    private int newKeys;
    private int newEnds;

    /** Creates the growth of a key space by nothing. */
    public KeySpaceGrowth(KeySpace keys) {
        this.keys = keys;
    }

    /**
     * Adds a record.
     *
     * @param replaced the record that it replaces; null if there is none
     * @param bytes its bytes on the heap; see {@link KeySpace#recordBytes}
     * @param hasEnd whether it has an end
     */
    public void add(byte @Nullable [] replaced, long bytes, boolean hasEnd) {
        recordBytes += bytes - (replaced == null ? 0 : keys.freedBytes(replaced));
        newKeys += replaced == null ? 1 : 0;
        newEnds += hasEnd ? 1 : 0;
    }

    /** Returns the bytes; negative if the key space shrinks. */
    public long bytes() {
        return recordBytes + keys.tableGrowth(newKeys) + keys.endingGrowth(newKeys, newEnds);
    }

    /** Returns the bytes if the key space first loses all the keys that it has. */
    public long bytesAfterClear() {
        return recordBytes
                + KeySpace.tableBytes(newKeys)
                + KeySpace.endingBytes(newKeys, newEnds)
                - (keys.keepsLostRecords() ? 0 : keys.memoryBytes());
    }
}
