/**
 * The way of a dispatcher's batches to the owners of the partitions: one batch at a time for each partition, through
 * all its attempts, until it is acknowledged or given up. Plain Java: the same classes run under Hazelcast and in a
 * simulation.
 */
package dev.tessera.impl.cluster.commit;
