package dev.tessera.impl.cluster.partition;

/**
 * Says that a copy of a partition has missed a change, and must be made anew before it can take any more. It carries no
 * stack trace.
 */
public final class StaleCopyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleCopyException() {
        super(
                "a copy of a partition has missed a change; it takes no more until it is made anew, which happens by itself within seconds",
                null,
                false,
                false);
    }
}
