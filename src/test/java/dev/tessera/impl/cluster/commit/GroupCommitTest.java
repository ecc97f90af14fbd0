package dev.tessera.impl.cluster.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.cluster.partition.BatchResult;
import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.cluster.partition.PartitionBatch;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.ReplyReceiver;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.routing.StoreLink;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.work.Requester;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A dispatcher in front of a partition whose thread has time for one request of each batch. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class GroupCommitTest {

    private static final byte OUT_OF_TIME = 3;
    private static final Commands COMMANDS = Commands.of(CommandRunner.COMMANDS, List.of());

    private final List<String> answered = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Requester heavy = new Requester();
    private final Requester light = new Requester();
    private Consumer<CallOutcome> inFlight;

    /** The calls to a partition that executes one request of each batch. */
    private final class BusyPartition implements PartitionCalls {

        @Override
        public void execute(PartitionBatch batch, Consumer<CallOutcome> done) {
            sizes.add(sizeOf(batch));
            inFlight = done;
        }

        @Override
        public void deferredReply(DeferredId id, Requester client, Consumer<byte[]> done) {
            throw new AssertionError("no reply is deferred");
        }

        @Override
        public void after(long ms, Runnable action) {
            throw new AssertionError("no attempt fails");
        }

        @Override
        public long monotonicMs() {
            return 0;
        }
    }

    private final class Client implements ReplySink {

        private final String name;
        private final Requester requester;

        Client(String name, Requester requester) {
            this.name = name;
            this.requester = requester;
        }

        @Override
        public Requester requester() {
            return requester;
        }

        @Override
        public void reply(long slot, byte[] bytes, int from, int to) {
            answered.add(name + " " + slot + (from == to ? " dropped" : ""));
        }

        @Override
        public void repliesEnd() {
            // Nothing to flush.
        }
    }

    private Dispatcher dispatcher(Vertx vertx) {
        BatchBus.prepare(vertx.eventBus());
        Dispatcher dispatcher = new Dispatcher(
                new StoreLink() {
                    private GroupCommit commits;

                    @Override
                    public Future<Void> open(ReplyReceiver receiver) {
                        commits = new GroupCommit(
                                1,
                                new DispatcherId(1, 2),
                                new BusyPartition(),
                                CommitLimits.withPatience(5000),
                                receiver::replies);
                        return Future.succeededFuture();
                    }

                    @Override
                    public void send(int store, CommandBatch batch) {
                        commits.submit(store, batch);
                    }

                    @Override
                    public Future<Void> close() {
                        return Future.succeededFuture();
                    }
                },
                new BatchBus(vertx.eventBus()),
                "gateway",
                new StoreMap(1, 1),
                null,
                1024,
                new CommandMetrics(COMMANDS));
        dispatcher.open();
        return dispatcher;
    }

    @Test
    void shouldLetEachClientHaveItsTurnIfThePartitionIsOutOfTime(Vertx vertx) throws Exception {
        Dispatcher dispatcher = dispatcher(vertx);
        submit(dispatcher, new Client("heavy", heavy), 4, "KV_COUNT");
        submit(dispatcher, new Client("light", light), 1, "KV_COUNT");
        while (inFlight != null) {
            answerOne();
        }

        assertThat(answered).containsExactly("heavy 0", "heavy 1", "light 0", "heavy 2", "heavy 3");
        assertThat(sizes).containsExactly(4, 4, 3, 2, 1);
        dispatcher.checkAtRest();
    }

    @Test
    void shouldDropTheReadsOfAClientThatIsGone(Vertx vertx) throws Exception {
        Dispatcher dispatcher = dispatcher(vertx);
        submit(dispatcher, new Client("heavy", heavy), 4, "KV_COUNT");
        submit(dispatcher, new Client("heavy write", heavy), 1, "KV_CLEAR");
        submit(dispatcher, new Client("light", light), 1, "KV_COUNT");
        heavy.leave();
        while (inFlight != null) {
            answerOne();
        }

        assertThat(answered)
                .containsExactlyInAnyOrder(
                        "heavy 0", "heavy 1 dropped", "heavy 2 dropped", "heavy 3 dropped", "heavy write 0", "light 0");
        dispatcher.checkAtRest();
    }

    private static void submit(Dispatcher dispatcher, Client client, int times, String command) throws Exception {
        RequestDecoder decoder = new RequestDecoder(COMMANDS, 64);
        for (int i = 0; i < times; i++) {
            byte[] text = "{\"%s\":{\"tkn\":1}}".formatted(command).getBytes(UTF_8);
            Request request = decoder.decode(text, 0, text.length);
            dispatcher.submit(request, client, i);
        }
        dispatcher.flush();
    }

    private void answerOne() {
        boolean last = sizes.get(sizes.size() - 1) == 1;
        ByteBuffer result = ByteBuffer.allocate(1 + 2 * Integer.BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
        result.put(last ? BatchResult.EXECUTED : OUT_OF_TIME)
                .putInt(1)
                .putInt(1)
                .put((byte) 'x');
        Consumer<CallOutcome> done = inFlight;
        inFlight = null;
        done.accept(CallOutcome.answered(new BatchResult(result.array())));
    }

    private static int sizeOf(PartitionBatch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            batch.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        // See the format of PartitionBatch: the count follows version, partition, dispatcher, number and fence.
        return ByteBuffer.wrap(bytes.toByteArray()).getInt(1 + 4 + 16 + 8 + 1);
    }
}
