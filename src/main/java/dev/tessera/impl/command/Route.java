package dev.tessera.impl.command;

/** The destination of a request. */
public enum Route {
    /**
     * One partition: the first of {@link Request#partitions()} or, if these are null, the one of
     * {@link Request#token()}.
     */
    ONE_PARTITION,
    /** The owners of {@link Request#partitions()}; each returns a part of the answer. */
    NAMED_PARTITIONS,
    /** The owners of all partitions; each returns a part of the answer. */
    ALL_PARTITIONS,
    /** Partitions in several rounds, as {@link Command#rounds} plans them. */
    ROUNDS,
    /** The server process itself. */
    NODE
}
