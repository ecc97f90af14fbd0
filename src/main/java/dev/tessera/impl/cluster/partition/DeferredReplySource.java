package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Request;

/** The deferred replies of one node, kept until a dispatcher fetches them. Thread-safe. */
public interface DeferredReplySource {

    /** Takes a deferred task of a client, and returns its id. */
    DeferredId offer(Deferred task, Request request, ClientId client);
}
