package dev.tessera.impl.cluster.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.cluster.partition.ClientId;
import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.work.WorkerOptions;
import dev.tessera.impl.work.WorkerQueue;
import dev.tessera.protocol.Status;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.HazelcastNodes;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

@Tag(Layer.UNIT)
class DeferredRepliesTest {

    private static final int REPLY_BYTES_MAX = 1024;
    private static final long PATIENCE_MS = 1000;
    /** A request without a command: the guard of the answer itself fails, because it logs the name of the command. */
    private static final Request REQUEST = Request.unnamed(new Fault(Status.UNKNOWN, "of this test"));

    private final UUID node = UUID.randomUUID();
    private final UUID asker = UUID.randomUUID();
    private final ClientId client = new ClientId(new DispatcherId(1, 2), 1, 3);
    private final WorkerQueue workers = new WorkerQueue(new WorkerOptions(1, 10, 0, 10_000));
    private final AtomicLong nowMs = new AtomicLong();
    /** The replies on their way, which arrive only if a test says so. */
    private final List<Runnable> sent = Collections.synchronizedList(new ArrayList<>());

    private final DeferredReplies replies = new DeferredReplies(
            () -> node, workers, REPLY_BYTES_MAX, nowMs::get, (to, id, reply, taken) -> sent.add(taken));
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger written = new AtomicInteger();
    private final Deferred search = (answer, gone) -> {
        written.incrementAndGet();
        answer.fault(REQUEST, Fault.INTERNAL);
    };

    private void awaitEnd() throws InterruptedException {
        release.countDown();
        HazelcastNodes.await(() -> workers.waiting() + workers.running() == 0);
    }

    /** Occupies the only thread until {@link #release}. */
    private DeferredId occupy() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        DeferredId id = replies.offer(
                (answer, gone) -> {
                    running.countDown();
                    await(release);
                    search.write(answer, gone);
                },
                REQUEST,
                client);
        await(running);
        return id;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldAnswerAgainIfTheReplyThatItSentWasLost() throws Exception {
        DeferredId id = occupy();
        assertThat(replies.ask(id.number(), asker)).isEqualTo(DeferredReplies.LATER);
        release.countDown();
        HazelcastNodes.await(() -> sent.size() == 1);

        assertThat(replies.ask(id.number(), asker)).isNotEmpty();
        assertThat(replies.ask(id.number(), asker)).as("after the reply").isNull();
    }

    @Test
    void shouldForgetAReplyThatTheNodeHasTaken() throws Exception {
        DeferredId id = occupy();
        replies.ask(id.number(), asker);
        release.countDown();
        HazelcastNodes.await(() -> sent.size() == 1);
        sent.get(0).run();

        assertThat(replies.ask(id.number(), asker)).isNull();
    }

    @Test
    void shouldDropOnlyTheSearchThatNobodyAsksFor() throws Exception {
        occupy();
        DeferredId silent = replies.offer(search, REQUEST, client);
        DeferredId asked = replies.offer(search, REQUEST, client);
        nowMs.addAndGet(PATIENCE_MS + 1);
        replies.ask(asked.number(), asker);
        replies.dropOlderThan(PATIENCE_MS);
        awaitEnd();
        HazelcastNodes.await(() -> sent.size() == 1);

        assertThat(replies.ask(silent.number(), asker)).isNull();
        assertThat(new String(replies.ask(asked.number(), asker), UTF_8))
                .doesNotContain(AnswerGuard.TOO_MANY_SEARCHES.message());
        assertThat(written)
                .as("searches that ran: the first one and the one with questions")
                .hasValue(2);
    }

    @Test
    void shouldEndAllSearchesOfAClientThatIsGone() throws Exception {
        occupy();
        DeferredId first = replies.offer(search, REQUEST, client);
        replies.offer(search, REQUEST, client);
        replies.cancel(first.number());
        awaitEnd();

        assertThat(written).as("searches that ran: the first one").hasValue(1);
    }

    @Test
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "failed")
    void shouldReplyIfAnAnswerCannotBeWritten() throws Exception {
        DeferredId id = replies.offer(
                (answer, gone) -> {
                    throw new IllegalStateException("thrown by this test");
                },
                REQUEST,
                client);
        awaitEnd();

        assertThat(new String(replies.ask(id.number(), asker), UTF_8)).startsWith("""
                {"ERR":{"st":1000,""");
    }
}
