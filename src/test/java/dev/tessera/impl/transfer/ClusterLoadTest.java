package dev.tessera.impl.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.transfer.ImportCommand;
import dev.tessera.impl.dataset.ReadLimits;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.ReplyReceiver;
import dev.tessera.impl.routing.StoreLink;
import dev.tessera.testing.Await;
import dev.tessera.testing.HazelcastNodes;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Loads into real members in this JVM, while the partition of a session in several chunks moves to another member. */
@Tag(Layer.CLUSTER)
@ExtendWith(VertxExtension.class)
class ClusterLoadTest {

    /** The number of keys; they need about seven chunks. */
    private static final int KEYS = 20;

    private static final int VALUE_BYTES = 100_000;
    private static final long TOKEN = 77;
    private static final String ADDRESS = "test.load";

    @TempDir
    Path saves;

    @Test
    void shouldLoadASessionWhosePartitionIsHandedOverMeanwhile(Vertx vertx) throws Exception {
        load(vertx, owner -> owner.hazelcast().shutdown());
    }

    @Test
    void shouldLoadASessionWhoseOwnerDiesMeanwhile(Vertx vertx) throws Exception {
        load(vertx, owner -> owner.hazelcast().getLifecycleService().terminate());
    }

    private void load(Vertx vertx, Consumer<HazelcastNodes.Node> fate) throws Exception {
        try (HazelcastNodes nodes = new HazelcastNodes(vertx, Configuration.defaults(), 3, 7, 1, 4000)) {
            for (int i = 0; i < 3; i++) {
                nodes.start(new MutableClock());
            }
            nodes.awaitSafe();
            int partition = nodes.node(0).partitions().stores().partitionOf(TOKEN);
            HazelcastNodes.Node owner = nodes.owner(partition);
            HazelcastNodes.Node loader = nodes.node(owner.equals(nodes.node(0)) ? 1 : 0);
            SaveServer.write(saves, "large", session().getBytes(UTF_8));
            InterruptedLink link =
                    new InterruptedLink(vertx, loader.partitions().link(vertx), () -> {
                        assertThat(loader.run("""
                                {"SH_EXISTS":{"tkns":[%s]}}""".formatted(TOKEN)).get(0)).contains("\"exist\":[]");
                        fate.accept(owner);
                        return null;
                    });
            TransferVerticle verticle = verticle(vertx, loader, link);
            String id = Await.result(vertx.deployVerticle(verticle));

            Loaded loaded = Await.result(verticle.load(saves, "large"));

            Await.result(link.happened);
            assertThat(loaded).isEqualTo(new Loaded(2, KEYS + 1, null));
            assertThat(loader.run("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(TOKEN), "{\"SH_INFO_ALL\":{}}"))
                    .containsExactly("""
                                    {"KV_COUNT_RSP":{"tkn":%s,"st":1,"cnt":%s}}""".formatted(TOKEN, KEYS), """
                                    {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":2,"totalKeys":%s}}""".formatted((KEYS + 1)));
            Await.result(vertx.undeploy(id));
        }
    }

    /** Returns a save of a large session and a small one. */
    private static String session() {
        StringBuilder text = new StringBuilder("""
                [{"sh":{"tkn":%s},"keys":{""".formatted(TOKEN));
        for (int i = 0; i < KEYS; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("\"k")
                    .append(i)
                    .append("\":\"")
                    .append("x".repeat(VALUE_BYTES))
                    .append('"');
        }
        return text.append("""
                }},{"sh":{"tkn":78},"keys":{"k":1}}]""").toString();
    }

    private static TransferVerticle verticle(Vertx vertx, HazelcastNodes.Node node, StoreLink link) {
        Metrics metrics = new Metrics();
        Dispatcher dispatcher = new Dispatcher(
                link,
                new BatchBus(vertx.eventBus()),
                ADDRESS,
                node.partitions().stores(),
                new KeyedTokens(new byte[32]),
                4 * 1024 * 1024,
                new CommandMetrics(Commands.of(List.of(), List.of())));
        return new TransferVerticle(
                node.partitions().stores(),
                dispatcher,
                new TransferOptions(
                        Optional.empty(),
                        1,
                        1L << 20,
                        new ReadLimits(1 << 20, 64),
                        () -> new KeyedTokens(new byte[32]),
                        TransferMetrics.ofSaves(metrics),
                        TransferMetrics.ofLoads(metrics)),
                new MutableClock(),
                new MutableClock());
    }

    /** Passes some chunks, waits until one is answered, runs the event, and then passes the other chunks. */
    private static final class InterruptedLink implements StoreLink {

        private static final int CHUNKS_BEFORE = 3;

        private final Vertx vertx;
        private final StoreLink link;
        private final Callable<Void> event;
        private int chunks;
        private Context context;
        private Future<Void> happened = Future.succeededFuture();

        InterruptedLink(Vertx vertx, StoreLink link, Callable<Void> event) {
            this.vertx = vertx;
            this.link = link;
            this.event = event;
        }

        @Override
        public Future<Void> open(ReplyReceiver receiver) {
            context = vertx.getOrCreateContext();
            return link.open(receiver);
        }

        @Override
        public void send(int store, CommandBatch batch) {
            if (batch.request(0).command() == ImportCommand.INSTANCE && chunks++ == CHUNKS_BEFORE) {
                happened = vertx.executeBlocking(event);
            }
            happened.onComplete(done -> context.runOnContext(now -> link.send(store, batch)));
        }

        @Override
        public Future<Void> close() {
            return link.close();
        }
    }
}
