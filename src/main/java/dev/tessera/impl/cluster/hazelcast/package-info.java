/**
 * The partitions under Hazelcast: one map entry each, and entry processors that work on them. Hazelcast decides which
 * node owns a partition, moves it, and brings its changes to the copies. Dispatchers call it. Only this package and
 * {@code cluster} know Hazelcast.
 */
@NullMarked
package dev.tessera.impl.cluster.hazelcast;

import org.jspecify.annotations.NullMarked;
