package dev.tessera.impl.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The state of a cluster, as one of its nodes sees it.
 *
 * @param cluster the cluster's name
 * @param node the name of the node that reports
 * @param minMembers how many nodes with partitions must be there
 * @param enoughMembers whether at least {@code minMembers} are there
 * @param partitions how many partitions the cluster has
 * @param unassigned how many of them have no owner
 * @param migrations how many moves of partitions and copies are still to come
 * @param safe whether every partition has as many copies as the nodes allow, all up to date
 * @param members the nodes, in the order in which they joined
 */
@JsonPropertyOrder({
    "cluster",
    "node",
    "minMembers",
    "enoughMembers",
    "partitions",
    "unassigned",
    "migrations",
    "safe",
    "members"
})
public record ClusterState(
        String cluster,
        String node,
        int minMembers,
        boolean enoughMembers,
        int partitions,
        int unassigned,
        int migrations,
        boolean safe,
        List<Node> members) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * One node.
     *
     * @param name its name
     * @param address the address for other nodes
     * @param partitions whether it holds partitions; a gateway does not, nor a node that has just joined
     * @param owned how many partitions it owns
     * @param backup how many partitions it has a copy of
     * @param joining whether it holds no partitions yet, but will
     */
    @JsonPropertyOrder({"name", "address", "partitions", "owned", "backup"})
    public record Node(
            String name,
            String address,
            boolean partitions,
            int owned,
            int backup,
            @JsonIgnore boolean joining) {

        @Override
        public String toString() {
            if (joining) {
                return name + " is joining";
            }
            return partitions ? name + " has " + owned + " partitions and " + backup + " copies" : name + " holds none";
        }
    }

    /** Returns the state as JSON. */
    public String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the state as a line of the log. */
    @Override
    public String toString() {
        String line = "Cluster " + cluster + ": " + members.size() + (members.size() == 1 ? " node" : " nodes") + " ("
                + members.stream().map(Node::toString).collect(Collectors.joining("; ")) + "), ";
        if (unassigned > 0) {
            line += unassigned + " partitions without an owner, ";
        }
        if (!enoughMembers) {
            line += "fewer than cluster.minMembers=" + minMembers + ", so commands are refused, ";
        }
        return line + migrations + " migrations to come, " + (safe ? "safe" : "not safe yet");
    }
}
