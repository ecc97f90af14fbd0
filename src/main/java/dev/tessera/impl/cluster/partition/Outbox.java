package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.session.ChangeListener;

/** What is to be told of one partition's changes, kept back until all copies have them. Thread: the partition's. */
public interface Outbox {

    /** Takes the changes, in their order. */
    ChangeListener listener();

    /** Forgets what it has: this is a copy now, and another node tells. */
    void clear();
}
