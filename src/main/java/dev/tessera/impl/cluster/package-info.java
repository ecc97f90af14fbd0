/**
 * A server as a node of a cluster: it joins, agrees with the other nodes on common terms, watches the members, and
 * leaves. The server's clustered backend calls it. Only this package and {@code cluster.hazelcast} know Hazelcast; a
 * server that runs alone loads neither.
 */
@NullMarked
package dev.tessera.impl.cluster;

import org.jspecify.annotations.NullMarked;
