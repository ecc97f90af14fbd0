package dev.tessera.impl.cluster;

import com.hazelcast.core.HazelcastInstance;
import java.security.MessageDigest;

/** The agreement of all nodes on one secret of shared sessions: that of the first node with partitions. */
final class ClusterSecret {

    private static final String KEY = "secret";

    private ClusterSecret() {}

    /**
     * Agrees with the other nodes on a secret.
     *
     * @param own this node's secret
     * @param chosen whether this node insists on its secret, because it existed before this start
     * @return the secret of the cluster
     * @throws ClusterException if the cluster has another secret and this node insists
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
                            + " (TESSERA_SESSIONS_SECRET) to the same on every node, or remove the file "
                            + "'secret' from the data directory of this one");
        }
        return first;
    }
}
