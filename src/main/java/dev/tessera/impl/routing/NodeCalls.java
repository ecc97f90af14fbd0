package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one dispatcher asks the node itself. Thread: the dispatcher's. */
final class NodeCalls {

    private final BatchBus bus;
    private final String address;
    private final CommandCounts counts;
    private final List<NodeCall> open = new ArrayList<>();
    private final Map<Long, Waiting> unanswered = new HashMap<>();
    private MessageConsumer<NodeReply> consumer;
    private long nextNumber;

    private record Waiting(Request request, ReplySink sink, long slot) {}

    NodeCalls(BatchBus bus, String address, CommandCounts counts) {
        this.bus = bus;
        this.address = address;
        this.counts = counts;
    }

    Future<Void> open() {
        return bus.receive(address, this::onReply)
                .onSuccess(opened -> consumer = opened)
                .mapEmpty();
    }

    Future<Void> close() {
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    /** Takes a request; it leaves with the next {@link #flush()}. */
    void add(Request request, ReplySink sink, long slot) {
        unanswered.put(nextNumber, new Waiting(request, sink, slot));
        open.add(new NodeCall(address, nextNumber++, request));
    }

    void flush() {
        if (!open.isEmpty()) {
            bus.send(new NodeBatch(List.copyOf(open)));
            open.clear();
        }
    }

    /** Throws where a call waits though nobody waits for anything; for tests. */
    void checkAtRest() {
        if (!unanswered.isEmpty()) {
            throw new IllegalStateException(unanswered.size() + " calls to the node are not answered at " + address);
        }
    }

    private void onReply(NodeReply reply) {
        Waiting waiting = unanswered.get(reply.number());
        if (reply.last()) {
            unanswered.remove(reply.number());
            counts.answered(reply.bytes().length);
            counts.reply(waiting.request(), reply.bytes(), 0, reply.bytes().length);
            waiting.sink().reply(waiting.slot(), reply.bytes(), 0, reply.bytes().length);
        } else {
            waiting.sink().begun(waiting.slot(), reply.bytes(), 0, reply.bytes().length);
        }
        waiting.sink().repliesEnd();
    }
}
