package dev.tessera.impl.cluster.partition;

/**
 * The id of a client among those of all nodes.
 *
 * @param dispatcher the dispatcher of its commands
 * @param number its number on the node of the dispatcher
 * @param origin its origin, which may be the same on several nodes
 */
public record ClientId(DispatcherId dispatcher, long number, long origin) {}
