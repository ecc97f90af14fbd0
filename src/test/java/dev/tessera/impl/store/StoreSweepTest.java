package dev.tessera.impl.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.Chunk;
import dev.tessera.impl.journal.JournalHealth;
import dev.tessera.impl.journal.JournalLog;
import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import dev.tessera.impl.work.WorkerOptions;
import dev.tessera.impl.work.WorkerQueue;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sweeps of a store whose journal may have no space. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class StoreSweepTest {

    private static final int KEYS = 480;
    private static final int REFUSALS = 5;
    private static final int NAME_BYTES = 1000;
    private static final int STEP_BYTES = 64_000;
    /** In several partitions. */
    private static final int SESSIONS = 8;

    /** A journal that keeps nothing, and refuses space on demand. */
    private static final class Log implements JournalLog {

        private final AtomicInteger refusals = new AtomicInteger();
        private final List<Long> chunks = new CopyOnWriteArrayList<>();
        private volatile boolean full;
        private long reserved;

        @Override
        public synchronized Reservation reserve(long costMax, Purpose purpose) {
            if (full) {
                refusals.incrementAndGet();
                return Reservation.STORAGE_FULL;
            }
            reserved += costMax;
            return Reservation.ACCEPTED;
        }

        @Override
        public synchronized void release(long unused) {
            reserved -= unused;
        }

        @Override
        public synchronized long append(Chunk chunk) {
            chunks.add(chunk.bytes());
            reserved -= chunk.reserved();
            return chunks.size();
        }

        synchronized long reserved() {
            return reserved;
        }

        @Override
        public boolean isLagging() {
            return false;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void snapshotComplete(long snapshot) {}

        @Override
        public JournalHealth health() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void shouldRemoveNothingWithoutSpaceInTheJournal(Vertx vertx) throws Exception {
        StoreMap stores = new StoreMap(SESSIONS, 1);
        MutableClock clock = new MutableClock();
        Log log = new Log();
        JournalLink link = new JournalLink(1, false);
        link.open(log);
        StoreVerticle store = new StoreVerticle(
                stores,
                0,
                clock,
                new StoreOptions(1024, 1),
                new WorkerQueue(new WorkerOptions(1, 16, 0, 10_000)),
                null,
                link,
                new MemoryBudget(DataLimits.NONE, 1),
                () -> Long.MAX_VALUE,
                KeyOrder.under(new byte[32]));
        for (long token = 0; token < SESSIONS; token++) {
            Partition partition = store.partitions().of(token);
            Session session = partition.create(token, new byte[] {'n'}, false, Expiry.NEVER, clock.millis());
            partition.use(session, clock.millis(), keys -> {
                for (int i = 0; i < KEYS / SESSIONS; i++) {
                    byte[] text = ("k".repeat(NAME_BYTES) + i).getBytes(UTF_8);
                    keys.put(text, 0, text.length, text, 0, text.length, clock.millis() + 1000);
                }
            });
        }
        Await.result(vertx.deployVerticle(store));
        while (log.chunks.isEmpty()) {
            assertThat(store.heldKeys()).isEqualTo(KEYS);
        }
        log.full = true;
        clock.advance(Duration.ofSeconds(1));

        while (log.refusals.get() < REFUSALS) {
            assertThat(log.chunks).hasSize(1);
        }
        assertThat(store.heldKeys()).isEqualTo(KEYS);

        log.full = false;
        while (store.heldKeys() > 0) {
            assertThat(log.reserved()).isNotNegative();
        }
        assertThat(log.chunks.subList(1, log.chunks.size()))
                .hasSizeGreaterThan(KEYS * NAME_BYTES / STEP_BYTES)
                .allSatisfy(bytes -> assertThat(bytes).isLessThan(2L * STEP_BYTES));
        while (log.reserved() > 0) {
            assertThat(store.heldSessions()).isEqualTo(SESSIONS);
        }
    }
}
