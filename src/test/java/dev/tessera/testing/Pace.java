package dev.tessera.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client on a slow line: it takes one step in each interval, until a step fails, or as often as it is told. */
public final class Pace implements AutoCloseable {

    /** One step. */
    public interface Step {

        /** Takes the step with this number, from 0. */
        void take(int number) throws Exception;
    }

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private volatile @Nullable Exception failure;
    private int number;

    private Pace() {}

    /** Starts to take steps. */
    public static Pace start(Duration interval, int steps, Step step) {
        Pace pace = new Pace();
        Future<?> unused = pace.timer.scheduleAtFixedRate(
                () -> {
                    try {
                        if (pace.number < steps) {
                            step.take(pace.number++);
                        } else {
                            pace.ended.complete(pace.number);
                        }
                    } catch (Exception e) {
                        pace.failure = e;
                        pace.ended.complete(pace.number);
                    }
                },
                0,
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
        return pace;
    }

    /** Waits for the last step, or for one that fails; returns how many were taken. */
    public int await() throws Exception {
        return ended.get(Await.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns why the last step failed; null if it did not. */
    public @Nullable Exception failure() {
        return failure;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
