package dev.tessera.impl.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.tessera.cluster.ClusterException;
import java.security.MessageDigest;

/** The secret of shared sessions, which is one for all nodes: the first one that has partitions says which. */
final class ClusterSecret {

    private static final String KEY = "secret";

    private ClusterSecret() {}

    /**
     * Agrees with the other nodes.
     *
     * @param own this node's secret
     * @param chosen whether the own secret was there before this start, so that this node can have no other
     * @return the cluster's
     * @throws ClusterException if the cluster's is another than the chosen one
     */
    static byte[] agree(HazelcastInstance hazelcast, byte[] own, boolean chosen) {
        byte[] first =
                hazelcast.<String, byte[]>getMap(HazelcastConfig.TERMS_MAP).putIfAbsent(KEY, own);
        if (first == null || MessageDigest.isEqual(first, own)) {
            return own;
        }
        if (chosen) {
            throw new ClusterException(
                    "cannot join: the secret of shared sessions here is not that of the cluster; set sessions.secret"
                            + " (TESSERA_SESSIONS_SECRET) to the same on every node, or remove the file 'secret' from the data directory of this one");
        }
        return first;
    }
}
