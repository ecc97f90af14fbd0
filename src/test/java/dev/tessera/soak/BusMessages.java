package dev.tessera.soak;

import dev.tessera.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Commands to the event-bus address, all in flight at once, as Buffers and Strings in turn. */
final class BusMessages implements Transport {

    private static final String ADDRESS = "tessera.commands";

    private final Vertx vertx;
    private boolean asBuffer;

    BusMessages(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public List<String> exchange(List<Step> steps) throws Exception {
        List<Future<String>> replies = new ArrayList<>();
        for (Step step : steps) {
            asBuffer = !asBuffer;
            replies.add(
                    asBuffer
                            ? vertx.eventBus()
                                    .<Buffer>request(ADDRESS, Buffer.buffer(step.command()))
                                    .map(reply -> reply.body().toString())
                            : vertx.eventBus()
                                    .<String>request(ADDRESS, step.command())
                                    .map(reply -> reply.body()));
        }
        Await.result(Future.all(replies));
        return replies.stream().map(Future::result).toList();
    }

    @Override
    public void close() {
        // There is no connection to close between two requests.
    }
}
