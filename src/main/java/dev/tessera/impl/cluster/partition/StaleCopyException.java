package dev.tessera.impl.cluster.partition;

/**
 * A report that a copy of a partition has missed a change. Hazelcast must replace the copy before it can apply more.
 * The exception has no stack trace.
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
