package dev.tessera.impl.cluster.hazelcast;

/**
 * How a node works on its partitions, and how its dispatchers reach the partitions of other nodes.
 *
 * @param depthMax how deep a command may nest
 * @param replyBytesMax how large one reply may be
 * @param sweepIntervalMs how often expired sessions are reclaimed
 * @param searchThreads how many threads of this node evaluate searches
 * @param searchesWaitingMax how many searches may wait on this node
 * @param searchTimeoutMs how long one search may take
 * @param patienceMs how long a command may wait for the owner of its partition
 * @param events whether changes of sessions are published to the members
 */
public record ClusterOptions(
        int depthMax,
        int replyBytesMax,
        long sweepIntervalMs,
        int searchThreads,
        int searchesWaitingMax,
        long searchTimeoutMs,
        long patienceMs,
        boolean events) {}
