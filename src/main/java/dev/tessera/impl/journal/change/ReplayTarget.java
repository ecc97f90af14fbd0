package dev.tessera.impl.journal.change;

import dev.tessera.impl.session.PartitionRestorer;

/** The partitions into which a replay writes. */
public interface ReplayTarget {

    /** Returns the partition of a session. */
    PartitionRestorer ofToken(long token);

    /** Returns the partition of a key in the global key space; the key is canonical text. */
    PartitionRestorer ofKey(byte[] text, int from, int to);
}
