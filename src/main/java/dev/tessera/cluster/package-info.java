/**
 * What makes a server a node of a cluster: it joins, agrees with the others on what must be the same everywhere, watches who is
 * there, and leaves. The only package that knows Hazelcast; a server that runs alone does not load it.
 */
package dev.tessera.cluster;
