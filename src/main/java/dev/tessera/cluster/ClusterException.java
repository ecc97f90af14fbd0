package dev.tessera.cluster;

/** Says in one line why this node cannot be one of the cluster, and what to do about it. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }

    public ClusterException(String message) {
        this(message, null);
    }
}
