package dev.tessera.impl.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.store.StoreOptions;
import dev.tessera.impl.store.StoreVerticle;
import dev.tessera.impl.work.ReplyBacklog;
import dev.tessera.impl.work.Requester;
import dev.tessera.impl.work.WorkerOptions;
import dev.tessera.impl.work.WorkerQueue;
import dev.tessera.testing.Await;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store and two receivers, of which one takes no replies until the test says so. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class SlowDispatcherTest {

    private static final int REPLY_BYTES_MAX = 2_000_000;
    private static final int BACKLOG_BYTES = 3_000_000;
    /** A store sends its replies when they have this many bytes. */
    private static final int REPLY_BATCH_BYTES = 512 * 1024;

    private static final Pattern TOKEN = Pattern.compile("\"tkn\":(\\d+)");
    private static final int VALUE_BYTES = 300_000;
    private static final int KEYS_BYTES_MIN = 1_000_000;

    private final StoreMap stores = new StoreMap(1, 1);
    private final RequestDecoder decoder = new RequestDecoder(Commands.of(CommandRunner.COMMANDS, Set.of()), 64);
    private final WorkerQueue workers = new WorkerQueue(new WorkerOptions(1, 100, 0, 10_000));
    private final RequestRouter router = new RequestRouter(stores, new KeyedTokens("a secret".getBytes(UTF_8)));
    private BatchBus bus;

    /** The dispatcher of one client, which takes its replies one batch after the other. */
    private final class Receiver {

        private final String address;
        private final ReplyBacklog backlog = new ReplyBacklog(BACKLOG_BYTES);
        private final BlockingQueue<ReplyBatch> arrived = new LinkedBlockingQueue<>();
        private final Requester client = new Requester();
        private long nextNumber;

        private Receiver(String address) throws Exception {
            this.address = address;
            Await.result(bus.receive(address, arrived::add));
        }

        private void send(String message, int times) {
            send(List.of(message), times);
        }

        private void send(List<String> messages, int times) {
            CommandBatch batch = new CommandBatch(address, nextNumber++, backlog);
            for (int i = 0; i < times * messages.size(); i++) {
                batch.add(decode(messages.get(i % messages.size())), new ReplySink() {
                    @Override
                    public Requester requester() {
                        return client;
                    }

                    @Override
                    public void reply(long slot, byte[] bytes, int from, int to) {
                        throw new IllegalStateException("this receiver has no sinks");
                    }

                    @Override
                    public void repliesEnd() {
                        throw new IllegalStateException("this receiver has no sinks");
                    }
                });
            }
            bus.link().send(0, batch);
        }

        /** Returns how many bytes of replies have arrived and were not taken. */
        long waitingBytes() {
            return arrived.stream().mapToLong(replies -> replies.bytes().length).sum();
        }

        private ReplyBatch take() throws InterruptedException {
            ReplyBatch replies = arrived.poll(60, TimeUnit.SECONDS);
            assertThat(replies).isNotNull();
            backlog.remove(replies.bytes().length);
            return replies;
        }

        private String newSession() throws InterruptedException {
            return TOKEN.matcher(ask("""
                    {"SH_NEW":{"name":"n"}}""")).results().findFirst().orElseThrow().group(1);
        }

        private String ask(String message) throws InterruptedException {
            send(message, 1);
            return new String(take().bytes(), UTF_8);
        }
    }

    @BeforeEach
    void deploy(Vertx vertx) throws Exception {
        BatchBus.prepare(vertx.eventBus());
        bus = new BatchBus(vertx.eventBus());
        Await.result(vertx.deployVerticle(new StoreVerticle(
                stores, 0, new MutableClock(), new StoreOptions(REPLY_BYTES_MAX, 50), workers, null)));
    }

    @Test
    void shouldLetAClientWaitWhoseDispatcherTakesNoReplies() throws Exception {
        Receiver slow = new Receiver("slow");
        Receiver other = new Receiver("other");
        String token = newSessionWithValue(slow);
        slow.send("""
                {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token), 100);
        slow.send("""
                {"KV_COUNT":{"tkn":%s}}""".formatted(token), 1);

        for (int i = 0; i < 20; i++) {
            assertThat(other.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":1");
        }
        assertStopsWhenFull(slow, other, token);

        int gets = 0;
        while (gets < 100) {
            gets += slow.take().size();
        }
        assertThat(gets).isEqualTo(100);
        assertThat(new String(slow.take().bytes(), UTF_8)).contains("KV_COUNT_RSP");
    }

    /** The reply before a search leaves at once, so it must count although it is not large. */
    @Test
    void shouldStopAtTheSearchesOfAClientToo() throws Exception {
        Receiver slow = new Receiver("slow");
        Receiver other = new Receiver("other");
        String token = newSessionWithValue(slow);
        slow.send(List.of("""
                        {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token), """
                        {"KV_FIND":{"tkn":%s,"rsp":"keys","path":"$[?(@ == 2)]"}}""".formatted(token)), 50);

        assertThat(other.ask("""
                {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":1");
        assertStopsWhenFull(slow, other, token);
        int replies = 0;
        while (replies < 100) {
            replies += slow.take().size();
        }
    }

    @Test
    void shouldLetTheWorkersWaitForADispatcherThatTakesNoReplies() throws Exception {
        Receiver slow = new Receiver("slow");
        Receiver other = new Receiver("other");
        String token = slow.newSession();
        List<String> names = LongStream.range(0, KEYS_BYTES_MIN / 10)
                .mapToObj(i -> "\"key-%06d\"".formatted(i))
                .toList();
        slow.ask("""
                {"KV_SET":{"tkn":%s,"keys":{%s:1}}}""".formatted(token, String.join(":1,", names)));
        for (int i = 0; i < 20; i++) {
            slow.send("""
                    {"KV_KEYS":{"tkn":%s}}""".formatted(token), 1);
        }

        for (int i = 0; i < 20; i++) {
            assertThat(other.ask("""
                    {"KV_FIND":{"tkn":%s,"rsp":"keys","path":"$[?(@ == 2)]"}}""".formatted(token))).contains("KV_FIND_RSP");
        }
        Await.until(() -> slow.arrived.size() >= BACKLOG_BYTES / KEYS_BYTES_MIN);
        assertThat(other.ask("""
                {"KV_FIND":{"tkn":%s,"rsp":"keys","path":"$[?(@ == 2)]"}}""".formatted(token))).contains("KV_FIND_RSP");
        assertThat(slow.arrived).hasSizeLessThanOrEqualTo(BACKLOG_BYTES / KEYS_BYTES_MIN + 2);

        for (int i = 0; i < 20; i++) {
            assertThat(slow.take().bytes()).hasSizeGreaterThan(KEYS_BYTES_MIN);
        }
    }

    private static String newSessionWithValue(Receiver receiver) throws InterruptedException {
        String token = receiver.newSession();
        receiver.ask("""
                {"KV_SET":{"tkn":%s,"keys":{"k":"%s"}}}""".formatted(token, "v".repeat(VALUE_BYTES)));
        return token;
    }

    /** Waits until the backlog is full: the store may serve others first. In a later turn it must not grow. */
    private static void assertStopsWhenFull(Receiver slow, Receiver other, String token) throws Exception {
        Await.until(() -> slow.waitingBytes() > BACKLOG_BYTES);
        assertThat(other.ask("""
                {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":1");
        assertThat(slow.waitingBytes()).isLessThanOrEqualTo(BACKLOG_BYTES + REPLY_BATCH_BYTES + VALUE_BYTES + 1000L);
    }

    private Request decode(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        try {
            Request request = decoder.decode(bytes, 0, bytes.length);
            router.route(request);
            return request;
        } catch (IllFormedTextException e) {
            throw new AssertionError(e);
        }
    }
}
