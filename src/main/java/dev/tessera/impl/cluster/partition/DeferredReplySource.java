package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Request;
import org.jspecify.annotations.Nullable;

/** The deferred replies of one node, kept until a dispatcher fetches them. Thread-safe. */
public interface DeferredReplySource {

    /** Stores a deferred task and returns its id; null if too many tasks wait already. */
    @Nullable
    DeferredId offer(Deferred later, Request request);
}
