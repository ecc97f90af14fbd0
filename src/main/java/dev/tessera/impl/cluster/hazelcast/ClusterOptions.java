package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.command.Commands;
import java.time.Clock;

/**
 * How a node works on its partitions, and how its dispatchers reach those of others.
 *
 * @param commands the commands that it knows
 * @param clock its wall clock
 * @param depthMax how deep a command may nest
 * @param replyBytesMax how large one answer may be
 * @param sweepIntervalMs how often sessions that are over are reclaimed
 * @param searchesWaitingMax how many searches may wait on this node
 * @param searchTimeoutMs how long one search may take
 * @param patienceMs how long a command may wait for the owner of its partition
 * @param events whether members are told what happens to sessions
 */
public record ClusterOptions(
        Commands commands,
        Clock clock,
        int depthMax,
        int replyBytesMax,
        long sweepIntervalMs,
        int searchesWaitingMax,
        long searchTimeoutMs,
        long patienceMs,
        boolean events) {}
