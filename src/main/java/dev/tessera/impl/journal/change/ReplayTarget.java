package dev.tessera.impl.journal.change;

import dev.tessera.impl.session.PartitionRestorer;

/** The partitions into which a journal is replayed. */
public interface ReplayTarget {

    /** The partition of a session. */
    PartitionRestorer ofToken(long token);

    /** The partition of one of everybody's keys, given as canonical text. */
    PartitionRestorer ofKey(byte[] text, int from, int to);
}
