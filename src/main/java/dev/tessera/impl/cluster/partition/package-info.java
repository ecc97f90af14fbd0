/**
 * A partition that has copies: what executes batches on its owner, what its copies are told of them, and what it
 * remembers so that a batch that comes again is not applied again. Plain Java on streams of bytes: the same classes run
 * under Hazelcast and in a simulation.
 */
package dev.tessera.impl.cluster.partition;
