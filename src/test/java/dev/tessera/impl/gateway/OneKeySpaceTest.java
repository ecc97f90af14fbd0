package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The global key space: several gateways and stores, many commands in flight, on one key and on many. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class OneKeySpaceTest {

    private static final int LOOPS = 4;
    private static final int CONNECTIONS = 6;
    private static final int COMMANDS = 1500;
    private static final int KEYS = 40;
    private static final int KEYS_PER_COMMAND = 12;

    private final long seed = new Random().nextLong();
    private TestServer server;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        server = TestServer.start(
                vertx,
                Configuration.defaults().with(Settings.EVENT_LOOPS, LOOPS).with(Settings.SESSIONS_ENABLED, false));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Every connection has keys of its own, so that a map predicts its answers whatever the others do. */
    @Test
    void shouldAnswerAsAMapWould() throws Exception {
        List<Map<String, String>> models = onEveryConnection(this::talk);

        Map<String, String> all = new HashMap<>();
        models.forEach(all::putAll);
        try (TextSocket socket = server.connect()) {
            assertThat(socket.ask("{\"KV_COUNT\":{}}")).as("seed %d", seed).isEqualTo("""
                            {"KV_COUNT_RSP":{"st":1,"cnt":%s}}""".formatted(all.size()));
            assertThat(keysOf(socket.ask("{\"KV_KEYS\":{}}")))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(all.keySet());
            Set<String> kept = new LinkedHashSet<>(List.of("c0-1", "c1-1", "new"));
            assertThat(socket.ask("""
                    {"KV_CLEAR_SET":{"keys":%s}}""".formatted(object(kept, key -> "0"))))
                    .as("seed %d", seed)
                    .isEqualTo("""
                            {"KV_CLEAR_SET_RSP":{"st":1,"cnt":%s,"keys":%s}}""".formatted(all.size(), object(kept, key -> "20")));
            assertThat(keysOf(socket.ask("{\"KV_KEYS\":{}}"))).containsExactlyInAnyOrderElementsOf(kept);
            assertThat(socket.ask("{\"KV_CLEAR\":{}}")).isEqualTo("""
                    {"KV_CLEAR_RSP":{"st":1,"cnt":3}}""");
        }
    }

    /**
     * All connections write the same keys. Of each key, every reader sees the values of one writer in the order in
     * which they were written.
     */
    @Test
    void shouldKeepTheOrderOfEveryKey() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add("\"shared" + i + "\"");
        }
        onEveryConnection(connection -> {
            try (TextSocket socket = server.connect()) {
                Random random = new Random(seed + connection);
                for (int n = 0; n < COMMANDS / 3; n++) {
                    int value = n;
                    List<String> some = some(random, keys);
                    socket.send("""
                            {"KV_SETQ":{"keys":%s}}""".formatted(some.stream()
                            .map(key -> key + ":[" + connection + "," + value + "]")
                            .collect(Collectors.joining(",", "{", "}"))));
                    socket.send("""
                            {"KV_GET":{"keys":%s}}""".formatted(keys));
                }
                Map<String, Integer> seen = new HashMap<>();
                for (int n = 0; n < COMMANDS / 3; n++) {
                    String answer = socket.receive();
                    String members = answer.substring(answer.lastIndexOf('{') + 1, answer.indexOf('}'));
                    for (String member : members.split("(?<=\\]|null),", 0)) {
                        String[] parts = member.split("[:\\[,\\]]+", 0);
                        if (parts.length == 3) {
                            Integer before = seen.put(parts[0] + " by " + parts[1], Integer.valueOf(parts[2]));
                            assertThat(Integer.parseInt(parts[2]))
                                    .as("seed %d, connection %d: %s", seed, connection, member)
                                    .isGreaterThanOrEqualTo(before == null ? 0 : before);
                        }
                    }
                }
                assertThat(seen).isNotEmpty();
            }
            return Map.of();
        });
    }

    /** Sends all commands without waiting, then compares every answer, in order, with the prediction of a map. */
    private Map<String, String> talk(int connection) throws Exception {
        Random random = new Random(seed + connection);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            names.add("c" + connection + "-" + i);
        }
        Map<String, String> model = new LinkedHashMap<>();
        List<String> expected = new ArrayList<>();
        try (TextSocket socket = server.connect()) {
            for (int n = 0; n < COMMANDS; n++) {
                List<String> keys =
                        random.nextBoolean() ? List.of(names.get(random.nextInt(KEYS))) : some(random, names);
                String value = "[" + n + "]";
                String array = array(keys);
                String entries = object(keys, key -> value);
                switch (random.nextInt(7)) {
                    case 0 -> {
                        socket.send("""
                                {"KV_SET":{"keys":%s}}""".formatted(entries));
                        expected.add("""
                                {"KV_SET_RSP":{"keys":%s}}""".formatted(object(keys, key -> model.containsKey(key) ? "21" : "20")));
                        keys.forEach(key -> model.put(key, value));
                    }
                    case 1 -> {
                        socket.send("""
                                {"KV_SETQ":{"keys":%s}}""".formatted(entries));
                        keys.forEach(key -> model.put(key, value));
                    }
                    case 2 -> {
                        socket.send("""
                                {"KV_ADD":{"keys":%s}}""".formatted(entries));
                        expected.add("""
                                {"KV_ADD_RSP":{"keys":%s}}""".formatted(object(keys, key -> model.containsKey(key) ? "23" : "20")));
                        keys.forEach(key -> model.putIfAbsent(key, value));
                    }
                    case 3 -> {
                        socket.send("""
                                {"KV_ADDQ":{"keys":%s}}""".formatted(entries));
                        List<String> there =
                                keys.stream().filter(model::containsKey).toList();
                        if (!there.isEmpty()) {
                            expected.add("""
                                    {"KV_ADDQ_RSP":{"keys":%s}}""".formatted(object(there, key -> "23")));
                        }
                        keys.forEach(key -> model.putIfAbsent(key, value));
                    }
                    case 4 -> {
                        socket.send("""
                                {"KV_GET":{"keys":%s}}""".formatted(array));
                        expected.add("""
                                {"KV_GET_RSP":{"keys":%s}}""".formatted(object(keys, key -> model.getOrDefault(key, "null"))));
                    }
                    case 5 -> {
                        socket.send("""
                                {"KV_CONTAINS":{"keys":%s}}""".formatted(array));
                        expected.add("""
                                {"KV_CONTAINS_RSP":{"st":1,"keys":%s}}""".formatted(object(keys, key -> "" + model.containsKey(key))));
                    }
                    default -> {
                        socket.send("""
                                {"KV_RMV":{"keys":%s}}""".formatted(array));
                        expected.add(
                                "{\"KV_RMV_RSP\":" + object(keys, key -> model.containsKey(key) ? "24" : "22") + "}");
                        keys.forEach(model::remove);
                    }
                }
            }
            for (String answer : expected) {
                assertThat(socket.receive())
                        .as("seed %d, connection %d", seed, connection)
                        .isEqualTo(answer);
            }
        }
        return model;
    }

    private static <T> List<T> some(Random random, List<T> from) {
        Set<T> some = new LinkedHashSet<>();
        int size = 1 + random.nextInt(KEYS_PER_COMMAND);
        while (some.size() < size) {
            some.add(from.get(random.nextInt(from.size())));
        }
        return List.copyOf(some);
    }

    private static String array(List<String> keys) {
        return keys.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    private static String object(Iterable<String> keys, Function<String, String> value) {
        StringBuilder text = new StringBuilder("{");
        for (String key : keys) {
            text.append(text.length() == 1 ? "\"" : ",\"")
                    .append(key)
                    .append("\":")
                    .append(value.apply(key));
        }
        return text.append('}').toString();
    }

    private static List<String> keysOf(String answer) {
        String names = answer.replaceAll(".*\\[\"?|\"?\\].*", "");
        return names.isEmpty() ? List.of() : Arrays.asList(names.split("\",\""));
    }

    private interface Talk {
        Map<String, String> over(int connection) throws Exception;
    }

    private static List<Map<String, String>> onEveryConnection(Talk talk) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Map<String, String>>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                running.add(threads.submit(() -> talk.over(connection)));
            }
            List<Map<String, String>> results = new ArrayList<>();
            for (Future<Map<String, String>> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
