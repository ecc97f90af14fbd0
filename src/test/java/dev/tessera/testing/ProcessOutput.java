package dev.tessera.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of one stream of a process. A thread of its own collects them. Thread-safe. */
final class ProcessOutput {

    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    ProcessOutput(InputStream stream, String name) {
        reader = new Thread(() -> collect(stream), name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns the lines so far. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until the process has closed the stream, so that {@link #lines()} returns all of them. */
    void awaitEnd() throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(Await.TIMEOUT_SECONDS));
    }

    /**
     * Waits for a line that contains the pattern.
     *
     * @throws AssertionError with all lines if the stream ends or time is up first
     */
    synchronized Matcher await(Pattern pattern) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.TIMEOUT_SECONDS);
        for (int next = 0; ; next++) {
            while (next == lines.size()) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
                if (ended || leftMs <= 0) {
                    throw new AssertionError("no line with " + pattern + " in:\n" + String.join("\n", lines));
                }
                wait(leftMs);
            }
            Matcher matcher = pattern.matcher(lines.get(next));
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    private void collect(InputStream stream) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
