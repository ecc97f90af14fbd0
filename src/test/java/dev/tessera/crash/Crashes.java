package dev.tessera.crash;

import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A series of crashes. In each round several connections write, the server crashes and starts again, and the test
 * checks everything: acknowledged writes must be there, and other writes must be applied completely or not at all. The
 * model spans all rounds.
 */
final class Crashes {

    private static final int CONNECTIONS = 4;
    private static final int ACKNOWLEDGEMENTS_MAX = 4000;
    private static final int TIMEOUT_SECONDS = 60;

    private final CrashingServer server;
    private final boolean sessions;
    private final long toleratedNanos;
    private final Random random;
    private final List<Writer> writers = new ArrayList<>();
    private long acked;
    private long lost;
    private int commandsOnAll;
    private long crashedNanos;

    /**
     * Creates a series of rounds against one server.
     *
     * @param toleratedMs writes acknowledged in this time before the crash may be lost; 0 if none may
     */
    Crashes(CrashingServer server, boolean sessions, long toleratedMs, long seed) {
        this.server = server;
        this.sessions = sessions;
        this.toleratedNanos = TimeUnit.MILLISECONDS.toNanos(toleratedMs);
        this.random = new Random(seed);
        for (int i = 0; i < CONNECTIONS; i++) {
            Random own = new Random(seed + 1 + i);
            writers.add(sessions ? new SessionWriter(own, "w" + i) : new KeyWriter(own, "w" + i + "-"));
        }
    }

    /** Runs some rounds and returns their counts as text. */
    String run(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            int port = server.start();
            check(port);
            boolean onAll = random.nextInt(4) == 0;
            write(port, onAll);
            if (onAll) {
                commandOnAll(port);
                crash();
            }
        }
        check(server.start());
        return acked + " acknowledged, " + lost + " of them lost, " + commandsOnAll + " commands on everything";
    }

    /** Returns how many acknowledged commands were lost. */
    long lost() {
        return lost;
    }

    private void write(int port, boolean orderly) throws Exception {
        Kill kill = new Kill(1 + random.nextInt(ACKNOWLEDGEMENTS_MAX), orderly);
        List<Connection> connections = writers.stream()
                .map(writer -> new Connection(writer, port, kill))
                .toList();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Connection connection : connections) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            connection.run();
                            done.complete(null);
                        } catch (Throwable e) {
                            done.completeExceptionally(e);
                            kill.now();
                        }
                    },
                    "crash-test-client");
            thread.start();
            running.add(done);
        }
        kill.await();
        if (!orderly) {
            crash();
        }
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        acked += connections.stream().mapToLong(Connection::acked).sum();
    }

    private void crash() throws Exception {
        crashedNanos = System.nanoTime();
        server.crash();
    }

    /** Sends a command on all sessions or keys, and sometimes waits for its reply. */
    private void commandOnAll(int port) throws Exception {
        commandsOnAll++;
        try (TextSocket socket = TextSocket.connect(port)) {
            String request;
            String expected;
            Map<Cell, String> states = new LinkedHashMap<>();
            if (sessions) {
                int count = 0;
                for (Writer writer : writers) {
                    count += ((SessionWriter) writer).count();
                    states.putAll(((SessionWriter) writer).endAll());
                }
                request = "{\"SH_END_ALL\":{}}";
                expected = """
                        {"SH_END_ALL_RSP":{"st":1,"cnt":%s}}""".formatted(count);
            } else {
                boolean andSet = random.nextBoolean();
                request = ((KeyWriter) writers.get(0)).clear(andSet, states);
                for (Writer writer : writers.subList(1, writers.size())) {
                    ((KeyWriter) writer).clear(false, states);
                }
                expected = null;
            }
            Map<Cell, Integer> numbers = new LinkedHashMap<>();
            states.forEach((cell, state) -> numbers.put(cell, cell.sent(state)));
            socket.send(request);
            if (random.nextBoolean()) {
                String reply = socket.receive();
                if (expected != null && !reply.equals(expected)) {
                    throw new AssertionError(request + " was answered with " + reply);
                }
                numbers.forEach((cell, number) -> cell.ack(number, System.nanoTime()));
                acked++;
            }
        }
    }

    private void check(int port) throws Exception {
        try (TextSocket socket = TextSocket.connect(port)) {
            for (Writer writer : writers) {
                lost += writer.recover(socket, toleratedNanos == 0 ? Long.MAX_VALUE : crashedNanos - toleratedNanos);
            }
        }
    }
}
