package dev.tessera.hostile;

import dev.tessera.testing.RawSocket;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * A client that does nothing wrong: it sets, reads and finds a key of its own session, one command after the other, on
 * a thread of its own. It checks each answer, and notes how long the answer took.
 */
final class HealthyClient implements AutoCloseable {

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final RawSocket socket;
    private final String token;
    private final Thread thread = new Thread(this::run, "healthy client");
    private final Recorder micros = new Recorder(3);
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    HealthyClient(int port) throws IOException {
        socket = RawSocket.open(port);
        token = socket.ask("""
                {"SH_NEW":{"name":"healthy"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the times of the answers since the last call, in microseconds. Fails if an answer was wrong. */
    Histogram times() {
        check();
        return micros.getIntervalHistogram();
    }

    /** Waits until this number of further answers has come. Fails if one is wrong. */
    void awaitAnswers(int count) {
        long enough = answered.get() + count;
        while (answered.get() < enough) {
            check();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void check() {
        if (failure != null) {
            throw new AssertionError("the healthy client was harmed", failure);
        }
    }

    private void run() {
        try {
            for (int i = 10_000; !stopped; i = i == 99_999 ? 10_000 : i + 1) {
                // All values are equally long, so that they fit into a full server.
                ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, i), """
                        {"KV_SET_RSP":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, answered.get() == 0 ? 20 : 21));
                ask("""
                        {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token), """
                        {"KV_GET_RSP":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, i));
                ask("""
                        {"KV_FIND":{"tkn":%s,"rsp":"keys","path":"$"}}""".formatted(token), """
                        {"KV_FIND_RSP":{"tkn":%s,"st":1,"keys":["k"]}}""".formatted(token));
                LockSupport.parkNanos(PAUSE_NS);
            }
        } catch (IOException | AssertionError e) {
            if (!stopped) {
                failure = e;
            }
        }
    }

    private void ask(String request, String expected) throws IOException {
        long startedNs = System.nanoTime();
        String answer = socket.ask(request);
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNs));
        if (!answer.equals(expected)) {
            throw new AssertionError(request + " was answered " + answer);
        }
        answered.incrementAndGet();
    }

    @Override
    public void close() {
        stopped = true;
        socket.close();
        Threads.join(thread);
    }
}
