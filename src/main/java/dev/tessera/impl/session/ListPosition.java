package dev.tessera.impl.session;

/**
 * The place at which a list goes on.
 *
 * @param partitions the number of partitions over which the key space is spread; 0 for the keys of a session
 * @param partition the partition from 0 on; 0 for the keys of a session
 * @param next the position from which on keys are still to come; see {@link KeyOrder}
 */
public record ListPosition(int partitions, int partition, long next) {

    /** The start of the keys of a session. */
    public static final ListPosition START = new ListPosition(0, 0, 0);
}
