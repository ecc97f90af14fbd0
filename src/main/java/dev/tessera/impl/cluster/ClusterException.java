package dev.tessera.impl.cluster;

import org.jspecify.annotations.Nullable;

/** A failure to join the cluster, with one line that names the cause and the fix. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with a cause. */
    public ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Creates an exception without a cause. */
    public ClusterException(String message) {
        this(message, null);
    }
}
