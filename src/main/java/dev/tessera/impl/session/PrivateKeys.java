package dev.tessera.impl.session;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.memory.ObjectSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of some keys of a session, for a batch that takes too long for the owner's thread. It refers to the records of
 * a snapshot, and counts only what it adds to them. It must be closed, to count that no more. Thread: one at a time.
 */
public final class PrivateKeys implements AutoCloseable {

    /**
     * One change of the batch.
     *
     * @param keyRecord null if all keys were removed
     */
    public record Change(ChangeKind kind, byte @Nullable [] keyRecord) {}

    private final List<Change> changes = new ArrayList<>();
    private final MemoryAccount memory = MemoryAccount.unlimited();
    private final KeySpace keys;

    /**
     * Creates the copy, and begins a batch on it.
     *
     * @param nowMs the time of the batch
     * @param lastRevision the last revision of the partition
     * @param budget counts the copy
     */
    public PrivateKeys(KeySnapshot records, long nowMs, long lastRevision, MemoryBudget budget, KeyOrder order) {
        RevisionClock revisions = new RevisionClock();
        revisions.begin(nowMs);
        revisions.seen(lastRevision);
        ChangeListener listener = (kind, session, keyRecord, revision) -> changes.add(new Change(kind, keyRecord));
        Session session = new Session(
                0,
                new byte[0],
                false,
                Expiry.NEVER,
                Expiry.NEVER_MS,
                new PartitionContext(listener, memory, revisions, order),
                true);
        keys = session.keys();
        records.forEach(nowMs, keys::restore);
        memory.add(-keys.recordsHeapBytes());
        memory.moveTo(budget);
        keys.beginBatch();
    }

    /** Returns the keys. */
    public KeySpace keys() {
        return keys;
    }

    /** Ends the batch, and returns its changes: at most one for each key. */
    public List<Change> changes() {
        keys.commitBatch();
        return changes;
    }

    @Override
    public void close() {
        memory.moveTo(MemoryBudget.unlimited());
    }

    /** Returns the most bytes by which changes grow a key space that has a batch. */
    public static long growth(KeySpace keys, List<Change> changes) {
        KeySpaceGrowth growth = new KeySpaceGrowth(keys);
        int count = 0;
        long keyBytes = 0;
        for (Change change : changes) {
            byte[] keyRecord = change.keyRecord;
            if (keyRecord != null) {
                // The batch keeps what the record replaces.
                growth.add(null, ObjectSize.ofBytes(keyRecord.length), KeyRecord.hasEnd(keyRecord));
                count++;
                keyBytes += KeyRecord.keyTo(keyRecord) - KeyRecord.keyFrom(keyRecord);
            }
        }
        return growth.bytes() + KeySpace.batchBytesMax(count, keyBytes);
    }

    /** Makes the changes in a key space that has a batch. */
    public static void apply(KeySpace keys, List<Change> changes) {
        for (Change change : changes) {
            if (change.kind == ChangeKind.CLEARED) {
                keys.clear();
                continue;
            }
            byte[] one = requireNonNull(change.keyRecord);
            int keyFrom = KeyRecord.keyFrom(one);
            int keyTo = KeyRecord.keyTo(one);
            if (change.kind == ChangeKind.REMOVED) {
                keys.remove(one, keyFrom, keyTo);
            } else if (change.kind == ChangeKind.END_MOVED) {
                keys.moveEnd(one, keyFrom, keyTo, KeyRecord.endMs(one));
            } else {
                keys.put(one, keyFrom, keyTo, one, keyTo, one.length, KeyRecord.endMs(one));
            }
        }
    }
}
