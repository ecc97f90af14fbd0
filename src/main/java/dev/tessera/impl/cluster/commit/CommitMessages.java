package dev.tessera.impl.cluster.commit;

/** The texts of {@code m} for requests that no owner of a partition has answered. */
public final class CommitMessages {

    /** This node stops. */
    public static final String LEAVING = "this node is leaving the cluster";

    /** The cluster has fewer nodes than {@code cluster.minMembers}. */
    public static final String TOO_FEW_NODES = "the cluster has too few nodes";

    /** All nodes of the cluster only serve clients. */
    public static final String NO_PARTITIONS = "no node of the cluster holds partitions";

    /** The owner or a copy is silent. */
    public static final String NO_ANSWER = "the owner of the partition, or a copy of it, did not answer in time";

    static final String NO_OWNER = "the partition had no owner that could answer in time";

    static final String ANSWER_FORGOTTEN = "the owner of the partition has forgotten what it answered";

    static final String SEARCH_LATE = "the node that searched did not answer in time";

    private CommitMessages() {}

    /** The request had no effect. */
    static String notApplied(String reason) {
        return reason + "; nothing was changed, try again";
    }

    /** The request may have been executed. */
    static String perhapsApplied(String reason) {
        return reason + "; it may or may not have been applied";
    }
}
