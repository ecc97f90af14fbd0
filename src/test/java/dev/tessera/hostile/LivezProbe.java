package dev.tessera.hostile;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks {@code /livez} again and again, as Kubernetes would, with a new connection each time. */
final class LivezProbe implements AutoCloseable {

    private static final int HTTP_OK = 200;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    /** The least that operators are advised to set. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpRequest request;
    private final Thread thread = new Thread(this::run, "livez probe");
    private volatile boolean stopped;
    private volatile int answered;
    private volatile @Nullable String failure;

    LivezProbe(int managementPort) {
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/livez"))
                .timeout(TIMEOUT)
                .build();
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until a request is answered that begins from now on. Fails if the server once did not answer 200. */
    void awaitAnswer() {
        int enough = answered + 2;
        while (answered < enough) {
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
            try {
                HttpResponse<String> response = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()
                        .send(request, BodyHandlers.ofString());
                if (response.statusCode() != HTTP_OK) {
                    failure = response.statusCode() + " " + response.body();
                }
                answered = answered + 1;
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                failure = e.toString();
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join();
    }
}
