package dev.tessera.impl.cluster;

import java.util.List;
import java.util.Optional;

/**
 * The options of a member of a cluster, be it a node or an application.
 *
 * @param clusterName a member finds only members with the same cluster name
 * @param nodeName the node's name; if empty, its address and port make one
 * @param address the addresses of the member
 * @param discovery how it finds other members
 * @param terms the terms that must be the same on all nodes
 * @param gatewayOnly whether the node serves clients and holds no partitions
 * @param timeoutMs silence after which a member counts as dead, and the time in which a command is tried again
 * @param handoverTimeoutMs how long a node that stops may take to hand its partitions over
 */
public record MemberOptions(
        String clusterName,
        Optional<String> nodeName,
        Address address,
        Discovery discovery,
        Terms terms,
        boolean gatewayOnly,
        long timeoutMs,
        long handoverTimeoutMs) {

    private static final String ANY_HOST = "0.0.0.0";

    /**
     * The addresses of a member.
     *
     * @param host address or host name on which it listens
     * @param publicHost address or host name by which others reach it, if that differs from {@code host}
     * @param port the port for other members; 0 takes any free port
     * @param eventBusPort the port of the event bus; 0 takes any free port
     */
    public record Address(String host, Optional<String> publicHost, int port, int eventBusPort) {

        /** Returns whether the host stands for every address of this machine, so that it cannot be told to others. */
        boolean isAnyHost() {
            return host.equals(ANY_HOST);
        }
    }

    /**
     * How a member finds others; only one of the ways is used.
     *
     * @param members addresses of other nodes
     * @param kubernetesService DNS name of a headless service whose addresses are those of the nodes
     * @param multicast whether members find each other by IP multicast
     */
    public record Discovery(List<String> members, Optional<String> kubernetesService, boolean multicast) {

        /** Returns the way in words, for the log. */
        @Override
        public String toString() {
            if (kubernetesService.isPresent()) {
                return "in the Kubernetes service " + kubernetesService.get();
            }
            if (multicast) {
                return "by multicast";
            }
            return members.isEmpty() ? "nowhere, because no addresses are set" : "at " + String.join(", ", members);
        }
    }

    /**
     * The terms that must be the same on all nodes.
     *
     * @param partitions how many partitions the sessions are spread over
     * @param backups how many copies each partition has
     * @param minMembers with fewer nodes that have partitions, commands are refused
     * @param sessions whether keys belong to sessions
     * @param events whether changes are published
     */
    public record Terms(int partitions, int backups, int minMembers, boolean sessions, boolean events) {}
}
