package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.session.ChangeListener;

/**
 * An outbox for the events of one partition, which waits until all copies have the changes. Thread: the partition's.
 */
public interface Outbox {

    /** Returns the listener that receives the changes in order. */
    ChangeListener listener();

    /** Drops all events, because this is a copy now, and the owner publishes them. */
    void clear();
}
