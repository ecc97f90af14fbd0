package dev.tessera.impl.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.session.KeySnapshot;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

@Tag(Layer.UNIT)
class WorkerQueueTest {

    private static final long SNAPSHOT_BYTES_MAX = 1000;

    private final WorkerQueue queue = new WorkerQueue(new WorkerOptions(1, 9, SNAPSHOT_BYTES_MAX, 10_000));
    private final List<String> ended = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch release = new CountDownLatch(1);
    private final Requester heavy = new Requester();
    private final Requester light = new Requester();
    private final ReplyBacklog backlog = new ReplyBacklog(100);

    private class Task implements WorkerTask {

        private final String label;
        private final List<KeySnapshot> snapshots;

        Task(String label, KeySnapshot... snapshots) {
            this.label = label;
            this.snapshots = List.of(snapshots);
        }

        @Override
        public String name() {
            return "KV_FIND";
        }

        @Override
        public Runnable run() {
            ended.add(label);
            return () -> {};
        }

        @Override
        public void refuse() {
            ended.add(label + " refused");
        }

        @Override
        public List<KeySnapshot> snapshots() {
            return snapshots;
        }

        @Override
        public ReplyBacklog backlog() {
            return backlog;
        }
    }

    /** Occupies the only thread until {@link #release}. */
    private void occupy() {
        CountDownLatch running = new CountDownLatch(1);
        queue.submit(Requester.SERVER, new Task("first") {
            @Override
            public Runnable run() {
                running.countDown();
                await(release);
                return () -> {};
            }
        });
        await(running);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void finish() {
        release.countDown();
        for (int i = 0; queue.waiting() + queue.running() > 0; i++) {
            assertThat(i).as("waits for the tasks").isLessThan(60_000);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldTakeTheNextTaskFromEachClientInTurn() {
        occupy();
        queue.submit(heavy, new Task("heavy 1"));
        queue.submit(heavy, new Task("heavy 2"));
        queue.submit(heavy, new Task("heavy 3"));
        queue.submit(light, new Task("light 1"));
        finish();

        assertThat(ended).containsExactly("heavy 1", "light 1", "heavy 2", "heavy 3");
    }

    @Test
    void shouldLetAClientWaitWhoseRepliesAreNotTaken() {
        ReplyBacklog full = new ReplyBacklog(100);
        full.add(101);
        CountDownLatch others = new CountDownLatch(1);
        for (int i = 1; i <= 2; i++) {
            queue.submit(heavy, new Task("heavy " + i) {
                @Override
                public ReplyBacklog backlog() {
                    return full;
                }
            });
        }
        queue.submit(light, new Task("light 1"));
        queue.submit(light, new Task("light 2") {
            @Override
            public Runnable run() {
                others.countDown();
                return super.run();
            }
        });
        await(others);
        full.remove(1);
        finish();

        assertThat(ended).containsExactly("light 1", "light 2", "heavy 1", "heavy 2");
    }

    @Test
    void shouldDropTheTasksOfAClientThatIsGone() {
        occupy();
        queue.submit(heavy, new Task("heavy 1"));
        queue.submit(light, new Task("light 1"));
        queue.submit(heavy, new Task("heavy 2"));
        heavy.leave();
        finish();

        assertThat(ended).containsExactly("heavy 1 refused", "heavy 2 refused", "light 1");
    }

    @Test
    void shouldNotKeepTheTasksOfClientsThatAreGoneUntilTheirTurn() {
        occupy();
        queue.submit(heavy, new Task("heavy 1"));
        queue.submit(heavy, new Task("heavy 2"));
        heavy.leave();
        queue.submit(light, new Task("light 1"));
        assertThat(ended).containsExactly("heavy 1 refused", "heavy 2 refused");
        finish();
    }

    @Test
    void shouldTakeTheNewestTaskFromTheOriginThatKeepsTheMostMemory() {
        Requester[] many = {new Requester(7), new Requester(7), new Requester(7)};
        occupy();
        for (Requester one : many) {
            queue.submit(one, new Task("one of many", KeySnapshot.of(new byte[][] {new byte[200]})));
        }
        queue.submit(light, new Task("light 1", KeySnapshot.of(new byte[][] {new byte[400]})));
        assertThat(ended).containsExactly("one of many refused");
        finish();
    }

    @Test
    void shouldTakeTheNewestTaskFromTheClientWithTheMostIfTooManyWait() {
        occupy();
        for (int i = 1; i <= 8; i++) {
            queue.submit(heavy, new Task("heavy " + i));
        }
        queue.submit(light, new Task("light 1"));
        queue.submit(heavy, new Task("heavy 9"));
        assertThat(ended).containsExactly("heavy 8 refused", "heavy 9 refused");
        finish();

        assertThat(ended).contains("light 1").doesNotContain("light 1 refused");
    }

    @Test
    void shouldTakeTheNewestTaskFromTheClientThatKeepsTheMostMemory() {
        KeySnapshot shared = KeySnapshot.of(new byte[][] {new byte[700]});
        occupy();
        queue.submit(heavy, new Task("heavy 1", shared));
        queue.submit(heavy, new Task("heavy 2", shared));
        queue.submit(light, new Task("light 1", KeySnapshot.of(new byte[][] {new byte[100]})));
        assertThat(ended).as("a shared snapshot counts once").isEmpty();
        queue.submit(heavy, new Task("heavy 3", KeySnapshot.of(new byte[][] {new byte[600]})));
        assertThat(ended).containsExactly("heavy 3 refused");
        finish();
    }

    @Test
    void shouldCountASnapshotThatBecomesOutdatedWhileItWaits() {
        KeySpace keys = new KeySpace();
        keys.put(new byte[] {'k'}, 0, 1, new byte[2000], 0, 2000);
        occupy();
        queue.submit(heavy, new Task("heavy 1", keys.snapshot()));
        queue.submit(heavy, new Task("heavy 2", keys.snapshot()));
        queue.submit(light, new Task("light 1"));
        assertThat(ended).as("the key space has the records itself").isEmpty();
        keys.clear();
        queue.submit(light, new Task("light 2"));
        assertThat(ended).containsExactly("heavy 2 refused", "heavy 1 refused");
        finish();
    }

    @Test
    void shouldLookOnceAtTheSnapshotsOfATask() {
        int[] looks = new int[1];
        occupy();
        queue.submit(heavy, new Task("heavy 1") {
            @Override
            public List<KeySnapshot> snapshots() {
                looks[0]++;
                return List.of();
            }
        });
        queue.submit(light, new Task("light 1"));
        queue.submit(light, new Task("light 2"));
        finish();

        assertThat(looks[0]).isEqualTo(1);
    }

    @Test
    @ExpectLog(from = WorkerQueue.class, level = Level.ERROR, message = "failed on a worker")
    void shouldGoOnAfterATaskThatFails() {
        queue.submit(light, new Task("failing") {
            @Override
            public Runnable run() {
                throw new IllegalStateException("thrown by this test");
            }
        });
        queue.submit(light, new Task("next"));
        finish();

        assertThat(ended).containsExactly("next");
    }

    @Test
    @ExpectLog(from = SlowWork.class, level = Level.WARN, message = "A KV_FIND ran for 501 ms; search.slowMs is 500")
    void shouldReportTasksThatTakeLong() {
        SlowWork slow = new SlowWork(500);
        slow.ran(new Task("fast"), TimeUnit.MILLISECONDS.toNanos(500));
        slow.ran(new Task("slow"), TimeUnit.MILLISECONDS.toNanos(501));

        assertThat(slow.count()).isEqualTo(1);
    }
}
