package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that counts up shared counters through one node: it reads a counter with its revision, and stores the next
 * number if the counter still has this revision. It ends when it must stop or the node is gone. After its end, any
 * thread may read the outcome.
 */
final class CounterWriter implements Callable<Void> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An attempt to store a number.
     *
     * @param revision the revision of the change; 0 if the outcome is unknown
     */
    record Attempt(String token, long number, long revision) {}

    private final int port;
    private final List<String> tokens;
    private final CountDownLatch begun;
    private final List<Attempt> stored = new ArrayList<>();
    private final List<Attempt> perhaps = new ArrayList<>();
    private int conflicts;
    private volatile boolean mustStop;

    /** Creates a client that counts down after {@code begunAfter} changes. */
    CounterWriter(int port, List<String> tokens, int begunAfter) {
        this.port = port;
        this.tokens = tokens;
        this.begun = new CountDownLatch(begunAfter);
    }

    void awaitBegun(int seconds) throws InterruptedException {
        assertThat(begun.await(seconds, TimeUnit.SECONDS)).isTrue();
    }

    void stop() {
        mustStop = true;
    }

    /** Returns the changes that the server has acknowledged. */
    List<Attempt> stored() {
        return stored;
    }

    /** Returns the changes that the server may have applied. */
    List<Attempt> perhaps() {
        return perhaps;
    }

    /** Returns how many changes were refused because another client was faster. */
    int conflicts() {
        return conflicts;
    }

    @Override
    public Void call() throws Exception {
        try (TextSocket socket = TextSocket.connect(port)) {
            boolean open = true;
            for (int i = 0; open && !mustStop; i++) {
                open = countUp(socket, tokens.get(i % tokens.size()));
            }
        }
        return null;
    }

    /** Counts up one counter. Returns whether the connection is open. */
    private boolean countUp(TextSocket socket, String token) throws Exception {
        String read = socket.ask("""
                {"KV_GET":{"tkn":%s,"keys":["n"],"revs":true}}""".formatted(token));
        if (read.startsWith("close") || read.startsWith("error")) {
            return false;
        }
        JsonNode reply = JSON.readTree(read).path("KV_GET_RSP");
        if (!reply.has("revs")) {
            assertThat(reply.path("st").intValue()).as(read).isIn(200, 201);
            return true;
        }
        long next = reply.at("/keys/n").longValue() + 1;
        String answer = socket.ask("""
                {"KV_SET":{"tkn":%s,"keys":{"n":%d},"if":{"n":%s},"revs":true}}""".formatted(token, next, reply.at("/revs/n")));
        if (answer.startsWith("close") || answer.startsWith("error")) {
            perhaps.add(new Attempt(token, next, 0));
            return false;
        }
        JsonNode changed = JSON.readTree(answer).path("KV_SET_RSP");
        switch (changed.path("st").intValue()) {
            case 0 -> {
                stored.add(new Attempt(token, next, changed.path("rev").longValue()));
                begun.countDown();
            }
            case 206 -> conflicts++;
            case 200 -> {
                // Nothing was applied.
            }
            case 201 -> perhaps.add(new Attempt(token, next, 0));
            default -> throw new AssertionError(answer);
        }
        return true;
    }
}
