/**
 * A partition that has copies: the execution of batches on its owner, the changes for its copies, and the reply cache
 * that prevents that a batch is applied twice. Plain Java on streams of bytes, because the same classes run under
 * Hazelcast and in a simulation; it must not know either.
 */
@NullMarked
package dev.tessera.impl.cluster.partition;

import org.jspecify.annotations.NullMarked;
