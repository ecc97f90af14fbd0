/**
 * What makes a server a node of a cluster: it joins, agrees with the others on what must be the same everywhere,
 * watches who is there, and leaves. Knows Hazelcast, as {@code cluster.hazelcast} alone does beside it; a server that
 * runs alone does not load either.
 */
package dev.tessera.impl.cluster;
