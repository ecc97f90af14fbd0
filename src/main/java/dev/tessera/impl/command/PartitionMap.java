package dev.tessera.impl.command;

/** Maps tokens to partitions. Immutable, and shared by all threads. */
public interface PartitionMap {

    /** Returns the number of the partition that holds this token, from 0 on. */
    int partitionOf(long token);

    /** Returns the number of partitions. */
    int partitionCount();
}
