package dev.tessera.impl.cluster.partition;

/**
 * Tells that a copy of a partition has missed a change, and that Hazelcast must replace it before it can apply more. It
 * has no stack trace.
 */
public final class StaleCopyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleCopyException() {
        super(
                "a copy of a partition has missed a change; Hazelcast replaces the copy within seconds",
                null,
                false,
                false);
    }
}
