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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A writer of its own keys in the global key space. It adds several keys with each command through one node, until it
 * must stop or the node is gone, and records the outcome. After its end, any thread may read the outcome.
 */
final class GlobalKeysWriter implements Callable<Void> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEYS = 3;

    private final String name;
    private final int port;
    private final CountDownLatch begun;
    private final List<Integer> acknowledged = new ArrayList<>();
    private final List<Integer> perhaps = new ArrayList<>();
    private int commands;
    private volatile int stopAfter = Integer.MAX_VALUE;
    private final AtomicInteger done = new AtomicInteger();

    /** Creates a writer that counts down after {@code begunAfter} commands. */
    GlobalKeysWriter(String name, int port, int begunAfter) {
        this.name = name;
        this.port = port;
        this.begun = new CountDownLatch(begunAfter);
    }

    void awaitBegun(int seconds) throws InterruptedException {
        assertThat(begun.await(seconds, TimeUnit.SECONDS)).isTrue();
    }

    /** Lets the writer end after this many more commands. */
    void stopAfter(int more) {
        stopAfter = done.get() + more;
    }

    @Override
    public Void call() throws Exception {
        try (TextSocket socket = TextSocket.connect(port)) {
            String answer = "";
            while (done.get() < stopAfter && !answer.startsWith("close") && !answer.startsWith("error")) {
                int number = commands++;
                // If the cluster tries the command again, it must not find the key that it has added itself.
                perhaps.add(number);
                answer = socket.ask("""
                        {"KV_ADD":{"keys":{%s}}}""".formatted(members(number, Integer.toString(number))));
                if (answer.equals("""
                        {"KV_ADD_RSP":{"keys":{%s}}}""".formatted(members(number, "20")))) {
                    perhaps.remove(perhaps.size() - 1);
                    acknowledged.add(number);
                    done.incrementAndGet();
                    begun.countDown();
                } else {
                    assertThat(answer).containsPattern("""
                            ^(\\{"KV_ADD_RSP":\\{"st":20[01],|close|error)""");
                }
            }
        }
        return null;
    }

    private String members(int number, String value) {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < KEYS; i++) {
            members.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(key(number, i))
                    .append("\":")
                    .append(value);
        }
        return members.toString();
    }

    private String key(int number, int index) {
        return name + "." + number + "." + index;
    }

    /** Returns how many commands were not acknowledged. */
    int unknown() {
        return perhaps.size();
    }

    /** Fails if an acknowledged key is missing; returns how many keys there are. */
    int requireAll(TextSocket socket) throws Exception {
        for (int number : acknowledged) {
            assertThat(socket.ask(get(number))).isEqualTo("""
                            {"KV_GET_RSP":{"keys":{%s}}}""".formatted(members(number, Integer.toString(number))));
        }
        int there = acknowledged.size() * KEYS;
        for (int number : perhaps) {
            JsonNode found =
                    JSON.readTree(socket.ask(get(number))).path("KV_GET_RSP").path("keys");
            for (int i = 0; i < KEYS; i++) {
                there += found.path(key(number, i)).isInt() ? 1 : 0;
            }
        }
        return there;
    }

    private String get(int number) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < KEYS; i++) {
            keys.append(i == 0 ? "" : ",").append('"').append(key(number, i)).append('"');
        }
        return """
                {"KV_GET":{"keys":[%s]}}""".formatted(keys);
    }
}
