/**
 * The partitions under Hazelcast, which decides who owns which, migrates them, and brings their changes to the copies:
 * one entry of a map for each, and entry processors that work on them. Called by dispatchers; the only package beside
 * {@code cluster} that knows Hazelcast.
 */
package dev.tessera.impl.cluster.hazelcast;
