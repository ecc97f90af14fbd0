package dev.tessera.impl.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

@Tag(Layer.UNIT)
class ReplyBacklogTest {

    private final ReplyBacklog backlog = new ReplyBacklog(100);
    private final List<String> run = new ArrayList<>();

    @Test
    void shouldRunActionsWhenItIsNotFull() {
        backlog.whenNotFull(() -> run.add("at once"));
        backlog.add(150);
        backlog.whenNotFull(() -> run.add("later"));
        assertThat(run).containsExactly("at once");
        assertThat(backlog.isFull()).isTrue();
        backlog.remove(49);
        assertThat(run).containsExactly("at once");
        backlog.remove(1);

        assertThat(run).containsExactly("at once", "later");
        assertThatThrownBy(backlog::checkAtRest).isInstanceOf(IllegalStateException.class);
        backlog.remove(100);
        backlog.checkAtRest();
    }

    @Test
    void shouldStopAtAnActionThatFillsItAndWaitsOnceMore() {
        backlog.add(101);
        refillThreeTimes();
        for (int i = 1; i <= 3; i++) {
            backlog.remove(101);
            assertThat(run).hasSize(i);
        }
        backlog.checkAtRest();
    }

    private void refillThreeTimes() {
        backlog.whenNotFull(() -> {
            run.add("filled");
            if (run.size() < 3) {
                backlog.add(101);
                refillThreeTimes();
            }
        });
    }

    @Test
    void shouldNeverBeFullAfterItsReceiverHasEnded() {
        backlog.add(101);
        backlog.whenNotFull(() -> run.add("at the end"));
        backlog.close();

        assertThat(run).containsExactly("at the end");
        assertThat(backlog.isFull()).isFalse();
    }

    @Test
    @ExpectLog(from = ReplyBacklog.class, level = Level.ERROR, message = "could not go on")
    void shouldRunTheNextActionsIfOneFails() {
        backlog.add(101);
        backlog.whenNotFull(() -> {
            throw new IllegalStateException("thrown by this test");
        });
        backlog.whenNotFull(() -> run.add("next"));
        backlog.remove(101);

        assertThat(run).containsExactly("next");
    }

    /** Each action must run, whatever threads fill and empty the backlog at the same time. */
    @Test
    void shouldLoseNoActionOfManyThreads() throws InterruptedException {
        int rounds = 20_000;
        CountDownLatch left = new CountDownLatch(2 * rounds);
        Runnable work = () -> {
            for (int i = 0; i < rounds; i++) {
                backlog.add(60);
                backlog.whenNotFull(left::countDown);
                backlog.remove(60);
            }
        };
        Thread one = new Thread(work);
        Thread two = new Thread(work);
        one.start();
        two.start();
        one.join();
        two.join();

        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        backlog.checkAtRest();
    }
}
