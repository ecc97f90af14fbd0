package dev.tessera.impl.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The batches of the requests of one turn of an event loop, over a real event bus. The store records only their sizes.
 */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class DispatcherTest {

    private static final int TIMEOUT_SECONDS = 30;

    private static final Commands COMMANDS = Commands.of(CommandRunner.COMMANDS, Set.of());

    /** The sizes of the batches that the fake store received. Thread: its event loop. */
    private final List<Integer> sizes = new ArrayList<>();

    @Test
    void shouldSendTheRequestsOfATurnInOneBatch(Vertx vertx) throws InterruptedException, TimeoutException {
        assertThat(batches(vertx, 5, 2)).containsExactly(10, 10);
    }

    @Test
    void shouldSendTheRequestsOfALargeTurnInSeveralBatches(Vertx vertx) throws InterruptedException, TimeoutException {
        assertThat(batches(vertx, 4, 600)).containsExactly(1_200, 1_200, 1_200, 1_200);
    }

    /**
     * Submits the requests of several connections in one turn, and again in a later turn. Returns the sizes of all
     * batches.
     */
    private List<Integer> batches(Vertx vertx, int reads, int requestsEach)
            throws InterruptedException, TimeoutException {
        Promise<List<Integer>> arrived = Promise.promise();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(start -> {
            BatchBus.prepare(vertx.eventBus());
            BatchBus bus = new BatchBus(vertx.eventBus());
            Dispatcher dispatcher = new Dispatcher(
                    bus.link(), bus, "gateway", new StoreMap(31, 1), null, 1_000, new CommandMetrics(COMMANDS));
            Future.all(
                            bus.<CommandBatch>receive(StoreMap.address(0), batch -> {
                                sizes.add(batch.size());
                                int requests = sizes.stream()
                                        .mapToInt(Integer::intValue)
                                        .sum();
                                if (requests == reads * requestsEach) {
                                    read(dispatcher, reads, requestsEach);
                                } else if (requests == 2 * reads * requestsEach) {
                                    arrived.complete(List.copyOf(sizes));
                                }
                            }),
                            dispatcher.open())
                    .onSuccess(opened -> read(dispatcher, reads, requestsEach))
                    .onFailure(arrived::fail);
        });
        return arrived.future().await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static void read(Dispatcher dispatcher, int reads, int requestsEach) {
        RequestDecoder decoder = new RequestDecoder(COMMANDS, 8);
        byte[] text = """
                {"KV_COUNT":{"tkn":1}}""".getBytes(UTF_8);
        for (int read = 0; read < reads; read++) {
            for (int i = 0; i < requestsEach; i++) {
                try {
                    dispatcher.submit(decoder.decode(text.clone(), 0, text.length), null, i);
                } catch (IllFormedTextException e) {
                    throw new IllegalStateException(e);
                }
            }
            dispatcher.flushAtTurnEnd();
        }
    }
}
