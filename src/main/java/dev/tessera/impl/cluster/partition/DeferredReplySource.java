package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Request;

/** Keeps the answers of one node that are written later, until they are asked for. Thread-safe. */
public interface DeferredReplySource {

    /** Takes what is to be written; null where too much waits already. */
    DeferredId offer(Answer.Deferred later, Request request);
}
