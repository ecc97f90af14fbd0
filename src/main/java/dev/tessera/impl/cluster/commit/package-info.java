/**
 * The queues of a dispatcher's batches to the owners of the partitions: one batch at a time for each partition, through
 * all its attempts, until it is answered or given up. The cluster's store link calls it. It is plain Java and must not
 * know Hazelcast or Vert.x, because a simulation runs the same classes.
 */
@NullMarked
package dev.tessera.impl.cluster.commit;

import org.jspecify.annotations.NullMarked;
