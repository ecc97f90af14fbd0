package dev.tessera.impl.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.splitbrainprotection.SplitBrainProtection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Surveys of the members and their partitions. Only the internal partition table of Hazelcast tells which member has a
 * copy. Thread-safe.
 */
final class ClusterSurvey {

    private final HazelcastInstance hazelcast;
    private final InternalPartitionService table;
    private final MemberOptions options;
    /**
     * The protection by which Hazelcast refuses commands; it notices a new node a moment later. Null if one node is
     * enough.
     */
    private final @Nullable SplitBrainProtection minimum;

    ClusterSurvey(HazelcastInstance hazelcast, MemberOptions options) {
        this.hazelcast = hazelcast;
        this.table = ((HazelcastInstanceProxy) hazelcast).getOriginal().node.getPartitionService();
        this.options = options;
        this.minimum = options.terms().minMembers() == 1
                ? null
                : hazelcast.getSplitBrainProtectionService().getSplitBrainProtection(HazelcastConfig.MINIMUM);
    }

    /** Returns whether enough nodes with partitions are there, and this node takes commands. */
    boolean enoughMembers() {
        long holding = hazelcast.getCluster().getMembers().stream()
                .filter(member -> !member.isLiteMember())
                .count();
        return holding >= options.terms().minMembers() && (minimum == null || minimum.hasMinimumSize());
    }

    /** Returns the state of the cluster. Blocks, because it asks other members. */
    ClusterState look(int migrations) {
        Map<Address, int[]> counts = new HashMap<>();
        int unassigned = 0;
        for (InternalPartition partition : table.getInternalPartitions()) {
            if (partition.getOwnerOrNull() == null) {
                unassigned++;
            }
            for (int replica = 0; replica <= options.terms().backups(); replica++) {
                Address address = partition.getReplicaAddress(replica);
                if (address != null) {
                    counts.computeIfAbsent(address, any -> new int[2])[Math.min(replica, 1)]++;
                }
            }
        }
        List<ClusterState.Node> nodes = new ArrayList<>();
        for (Member member : hazelcast.getCluster().getMembers()) {
            if (MemberAttributes.isNode(member)) {
                int[] count = counts.getOrDefault(member.getAddress(), new int[2]);
                nodes.add(new ClusterState.Node(
                        MemberAttributes.nameOf(member),
                        MemberAttributes.addressOf(member),
                        !member.isLiteMember(),
                        count[0],
                        count[1],
                        member.isLiteMember() && MemberAttributes.mayHavePartitions(member)));
            }
        }
        return new ClusterState(
                options.clusterName(),
                MemberAttributes.nameOf(hazelcast.getCluster().getLocalMember()),
                options.terms().minMembers(),
                enoughMembers(),
                table.getPartitionCount(),
                unassigned,
                migrations,
                unassigned == 0 && hazelcast.getPartitionService().isClusterSafe(),
                List.copyOf(nodes));
    }
}
