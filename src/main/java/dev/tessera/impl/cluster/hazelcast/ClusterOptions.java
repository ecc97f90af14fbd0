package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.work.WorkerOptions;

/**
 * How a node works on its partitions, and how its dispatchers reach the partitions of other nodes.
 *
 * @param depthMax how deep a command may nest
 * @param replyBytesMax how large one reply may be
 * @param sweepIntervalMs how often expired sessions are reclaimed
 * @param workers how searches work on this node
 * @param searchTimeoutMs how long one search may take
 * @param patienceMs how long a command may wait for the owner of its partition
 * @param events whether changes of sessions are published to the members
 * @param data the limits of the sessions and copies that this node holds
 */
public record ClusterOptions(
        int depthMax,
        int replyBytesMax,
        long sweepIntervalMs,
        WorkerOptions workers,
        long searchTimeoutMs,
        long patienceMs,
        boolean events,
        DataLimits data) {}
