package dev.tessera.hostile;

import static dev.tessera.testing.ClientFrames.utf8;

import dev.tessera.testing.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks {@code /livez} again and again, as Kubernetes would, with a new connection each time. */
final class LivezProbe implements AutoCloseable {

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** The least that operators are advised to set. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final int port;
    private final Thread thread = new Thread(this::run, "livez probe");
    private volatile boolean stopped;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile @Nullable String failure;

    LivezProbe(int managementPort) {
        port = managementPort;
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until a request is answered that begins from now on. Fails if the server once did not answer 200. */
    void awaitAnswer() {
        int enough = answered.get() + 2;
        while (answered.get() < enough) {
            check();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Fails if the server once did not answer 200. */
    void check() {
        if (failure != null) {
            throw new AssertionError("/livez after " + answered + " answers: " + failure);
        }
    }

    private void run() {
        while (!stopped) {
            try (RawSocket socket = RawSocket.connect(port, TIMEOUT)) {
                socket.send(utf8("""
                        GET /livez HTTP/1.1\r
                        Host: 127.0.0.1\r
                        Connection: close\r
                        \r
                        """));
                String answer = socket.readToEnd();
                if (!answer.startsWith("HTTP/1.1 200 ")) {
                    failure = answer;
                }
                answered.incrementAndGet();
            } catch (IOException e) {
                failure = e.toString();
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void close() {
        stopped = true;
        Threads.join(thread);
    }
}
