package dev.tessera.impl.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of a key space at one moment. It shares the array of the key space until a record in it changes, so that
 * taking it costs nothing. Any thread may read it.
 */
public final class KeySnapshot {

    /** The size of an element of an array of references, without compressed references. */
    private static final int REFERENCE_BYTES = 8;

    private final byte[] @Nullable [] records;
    private final int used;
    private final long bytes;
    private volatile boolean outdated;

    KeySnapshot(byte[] @Nullable [] records, int used, long bytes) {
        this.records = records;
        this.used = used;
        this.bytes = bytes;
    }

    /** Returns a snapshot of some records, with null for a key that does not exist. */
    public static KeySnapshot of(byte[] @Nullable [] records) {
        long bytes = 0;
        for (byte[] keyRecord : records) {
            bytes += keyRecord == null ? 0 : keyRecord.length;
        }
        KeySnapshot snapshot = new KeySnapshot(records, records.length, bytes);
        snapshot.outdate();
        return snapshot;
    }

    /** Returns the number of records, including nulls. */
    public int size() {
        return used;
    }

    /** Returns the record at this index; null for a key that does not exist any more. */
    public byte @Nullable [] get(int index) {
        return records[index];
    }

    /** Visits every record in insertion order. */
    public void forEach(Consumer<byte[]> consumer) {
        for (int i = 0; i < used; i++) {
            byte[] keyRecord = records[i];
            if (keyRecord != null) {
                consumer.accept(keyRecord);
            }
        }
    }

    /** Returns the size of the records and of their array in bytes. */
    public long bytes() {
        return bytes + (long) used * REFERENCE_BYTES;
    }

    /** Returns whether the key space has changed since, so that the snapshot alone may keep its records alive. */
    public boolean isOutdated() {
        return outdated;
    }

    void outdate() {
        outdated = true;
    }
}
