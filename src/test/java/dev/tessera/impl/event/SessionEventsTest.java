package dev.tessera.impl.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class SessionEventsTest {

    private static final int STORES = 3;
    private static final Configuration ENABLED =
            Configuration.defaults().with(Settings.EVENT_LOOPS, STORES).with(Settings.EVENTS_ENABLED, true);
    private static final String NEW = """
            {"SH_NEW":{"name":"n"}}""";
    private static final int SWEEP_NEVER_MS = 60_000;
    private static final int SWEEP_OFTEN_MS = 10;
    private static final int COMMANDS = 2000;

    private TestServer server;
    private String token;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldDistinguishNewKeysFromReplacedOnes(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);

        assertThat(eventsOf("KV_SET", """
                "keys":{"a":1,"b":[2]}""")).containsExactly(event("set", """
                        "a":1,"b":[2]"""));
        assertThat(eventsOf("KV_SET", """
                "keys":{"c":3,"a":1,"d":4,"b":5}"""))
                .containsExactly(event("set", "\"c\":3,\"d\":4"), event("update", "\"a\":1,\"b\":5"));
        assertThat(eventsOf("KV_SETQ", """
                "keys":{"e":6,"a":7}""")).containsExactly(event("set", "\"e\":6"), event("update", "\"a\":7"));
        assertThat(eventsOf("KV_UPDATE", """
                "key":"a","path":"$","value":[8]""")).containsExactly(event("update", "\"a\":[8]"));
        assertThat(eventsOf("KV_UPDATE", "\"key\":\"a\",\"path\":\"$.x\",\"value\":9"))
                .isEmpty();
    }

    @Test
    void shouldPublishTheEffectOfABatchOnce(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);

        assertThat(eventsOf("KV_SET", """
                "keys":{"a":1,"b":1}""")).hasSize(1);
        assertThat(eventsOf("KV_BATCH", """
                "cmds":[{"KV_SET":{"keys":{"a":2,"c":1}}},{"KV_RMV":{"keys":["b","c"]}},\
                {"KV_SET":{"keys":{"a":3,"d":1}}}]"""))
                .containsExactly(event("remove", "\"b\":null"), event("set", "\"d\":1"), event("update", "\"a\":3"));
        assertThat(eventsOf("KV_BATCH", """
                "cmds":[{"KV_SET":{"keys":{"x":1}}},{"KV_CLEAR":{}},\
                {"KV_SET":{"keys":{"a":4}}}]""")).containsExactly(event("clear", ""), event("set", "\"a\":4"));
        assertThat(eventsOf("KV_BATCH", """
                "cmds":[{"KV_SET":{"keys":{"x":1}}},\
                {"KV_PATCH":{"key":"none","ops":[{"op":"remove","path":"/a"}]}}]""")).isEmpty();
    }

    @Test
    void shouldPublishOnlyAddedKeys(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);

        assertThat(eventsOf("KV_ADD", """
                "keys":{"a":1}""")).containsExactly(event("set", "\"a\":1"));
        assertThat(eventsOf("KV_ADD", """
                "keys":{"a":2,"b":2}""")).containsExactly(event("set", "\"b\":2"));
        assertThat(eventsOf("KV_ADDQ", """
                "keys":{"b":3,"c":3}""")).containsExactly(event("set", "\"c\":3"));
        assertThat(eventsOf("KV_ADD", """
                "keys":{"a":4}""")).isEmpty();
        assertThat(eventsOf("KV_ADD", "\"keys\":{}")).isEmpty();
    }

    @Test
    void shouldPublishOnlyRemovedKeys(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);
        eventsOf("KV_SET", """
                "keys":{"a":1,"b":2,"tkn":3}""");

        assertThat(eventsOf("KV_RMV", """
                "keys":["b","x","tkn"]""")).containsExactly(event("remove", "\"b\":null,\"tkn\":null"));
        assertThat(eventsOf("KV_RMV", """
                "keys":["x"]""")).isEmpty();
        assertThat(eventsOf("KV_RMV", """
                "keys":["a"]""")).containsExactly(event("remove", "\"a\":null"));
    }

    @Test
    void shouldPublishAClearBeforeTheKeysSetAfterIt(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);

        assertThat(eventsOf("KV_CLEAR_SET", """
                "keys":{"a":1}""")).as("nothing was there").containsExactly(event("set", "\"a\":1"));
        assertThat(eventsOf("KV_CLEAR_SET", """
                "keys":{"a":2,"b":2}""")).containsExactly(event("clear", ""), event("set", "\"a\":2,\"b\":2"));
        assertThat(eventsOf("KV_CLEAR_SET", "\"keys\":{}")).containsExactly(event("clear", ""));
        eventsOf("KV_SET", """
                "keys":{"a":1}""");
        assertThat(eventsOf("KV_CLEAR", "\"x\":0")).containsExactly(event("clear", ""));
        assertThat(eventsOf("KV_CLEAR", "\"x\":0")).isEmpty();
    }

    @Test
    void shouldPublishNothingAboutReadsAndRefusals(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);
        eventsOf("KV_SET", """
                "keys":{"a":1}""");

        assertThat(eventsOf("KV_GET", """
                "keys":["a"]""")).isEmpty();
        assertThat(eventsOf("KV_CONTAINS", """
                "keys":["a"]""")).isEmpty();
        assertThat(eventsOf("KV_COUNT", "\"x\":0")).isEmpty();
        assertThat(eventsOf("KV_KEYS", "\"x\":0")).isEmpty();
        assertThat(eventsOf("SH_INFO", "\"x\":0")).isEmpty();
        assertThat(eventsOf("KV_SET", "\"keys\":{}")).isEmpty();
        assertThat(eventsOf("KV_SET", "\"keys\":7")).isEmpty();
    }

    @Test
    void shouldPublishKeysAndValuesAsStored(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);

        String sent = """
                "keys":{"\\u0061\\n\\"ä":  [1e400, 12345678901234567890123] , "":{"x":1,"x":2}}""";
        String published = """
                "a\\n\\"ä":[1e400, 12345678901234567890123],"":{"x":1,"x":2}""";
        assertThat(eventsOf("KV_SET", sent)).containsExactly(event("set", published));
    }

    @Test
    void shouldPublishTheEndOfASession(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);

        ask("SH_END", "\"x\":0");

        assertThat(next()).isEqualTo(event("end", ""));
    }

    @Test
    void shouldPublishTheEndOfAllSessions(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);

        ask("SH_END_ALL", "\"x\":0");

        assertThat(next()).isEqualTo(event("end", ""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldPublishAnExpiryThatASweepFinds(boolean deleteSession, Vertx vertx) throws Exception {
        start(
                vertx,
                ENABLED.with(Settings.SESSIONS_SWEEP_INTERVAL, Duration.ofMillis(SWEEP_OFTEN_MS)),
                expiring(deleteSession));
        eventsOf("KV_SET", """
                "keys":{"a":1}""");

        server.clock().advance(Duration.ofSeconds(10));

        assertThat(next()).isEqualTo(event("expire", ""));
    }

    @Test
    void shouldPublishAnExpiryBeforeTheChangesOfTheCommandThatFindsIt(Vertx vertx) throws Exception {
        start(
                vertx,
                ENABLED.with(Settings.SESSIONS_SWEEP_INTERVAL, Duration.ofMillis(SWEEP_NEVER_MS)),
                expiring(false));
        eventsOf("KV_SET", """
                "keys":{"a":1}""");

        server.clock().advance(Duration.ofSeconds(10));

        assertThat(eventsOf("KV_SET", """
                "keys":{"a":2}""")).containsExactly(event("expire", ""), event("set", "\"a\":2"));
    }

    @Test
    void shouldPublishTheExpiryOfADeletedSessionWhenACommandFindsIt(Vertx vertx) throws Exception {
        start(vertx, ENABLED.with(Settings.SESSIONS_SWEEP_INTERVAL, Duration.ofMillis(SWEEP_NEVER_MS)), expiring(true));

        server.clock().advance(Duration.ofSeconds(10));
        assertThat(events).isEmpty();
        ask("KV_COUNT", "\"x\":0");

        assertThat(next()).isEqualTo(event("expire", ""));
    }

    @Test
    void shouldPublishChangesInOrderWithManyInFlight(Vertx vertx) throws Exception {
        start(vertx, ENABLED, NEW);
        List<Future<?>> asked = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int n = 0; n < COMMANDS; n++) {
            asked.add(send("KV_SET", """
                    "keys":{"a":%s}""".formatted(n)));
            expected.add(event(n == 0 ? "set" : "update", "\"a\":" + n));
        }
        Await.result(Future.all(asked));

        for (String event : expected) {
            assertThat(next()).isEqualTo(event);
        }
    }

    @Test
    void shouldPublishNothingIfEventsAreOff(Vertx vertx) throws Exception {
        start(
                vertx,
                ENABLED.with(Settings.EVENTS_ENABLED, false)
                        .with(Settings.SESSIONS_SWEEP_INTERVAL, Duration.ofMillis(SWEEP_NEVER_MS)),
                expiring(false));
        AtomicInteger sent = new AtomicInteger();
        server.vertx().eventBus().addOutboundInterceptor(delivery -> {
            if (delivery.message().address().startsWith("tessera.events")) {
                sent.incrementAndGet();
            }
            delivery.next();
        });

        for (String command : List.of("KV_SET", "KV_SET", "KV_ADD", "KV_CLEAR_SET")) {
            ask(command, """
                    "keys":{"a":1}""");
        }
        ask("KV_RMV", """
                "keys":["a"]""");
        ask("KV_SET", """
                "keys":{"a":1}""");
        ask("KV_CLEAR", "\"x\":0");
        ask("KV_SET", """
                "keys":{"a":1}""");
        server.clock().advance(Duration.ofSeconds(10));
        assertThat(ask("KV_COUNT", "\"x\":0")).contains("\"cnt\":0");
        ask("SH_END", "\"x\":0");

        assertThat(sent).hasValue(0);
    }

    @Test
    void shouldPublishChangesOfGlobalKeysWithoutSessions(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, ENABLED.with(Settings.SESSIONS_ENABLED, false));
        listen("tessera.events");
        token = "0";

        ask("KV_SET", """
                "keys":{"a":1}""");
        assertThat(next()).isEqualTo("""
                {"ev":"set","keys":{"a":1}}""");
        ask("KV_SET", """
                "keys":{"a":2}""");
        assertThat(next()).isEqualTo("""
                {"ev":"update","keys":{"a":2}}""");
        ask("KV_CLEAR_SET", """
                "keys":{"a":3}""");
        assertThat(next()).isEqualTo("""
                {"ev":"remove","keys":{"a":null}}""");
        assertThat(next()).isEqualTo("""
                {"ev":"set","keys":{"a":3}}""");
        ask("KV_RMV", """
                "keys":["a","b"]""");
        assertThat(next()).isEqualTo("""
                {"ev":"remove","keys":{"a":null}}""");
    }

    @Test
    void shouldPublishFromEachStoreItsGlobalKeys(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, ENABLED.with(Settings.SESSIONS_ENABLED, false));
        listen("tessera.events");
        token = "0";
        Set<String> keys = new TreeSet<>();
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            keys.add("k" + i);
            entries.append(i == 0 ? "" : ",")
                    .append("\"k")
                    .append(i)
                    .append("\":")
                    .append(i);
        }

        ask("KV_SET", "\"keys\":{" + entries + "}");
        assertThat(keysOfEachStore("set")).isEqualTo(keys);
        ask("KV_CLEAR", "\"x\":0");
        assertThat(keysOfEachStore("remove")).isEqualTo(keys);
    }

    private Set<String> keysOfEachStore(String kind) throws Exception {
        Set<String> keys = new TreeSet<>();
        for (int store = 0; store < STORES; store++) {
            JsonObject event = new JsonObject(next());
            assertThat(event.getString("ev")).isEqualTo(kind);
            keys.addAll(event.getJsonObject("keys").fieldNames());
        }
        return keys;
    }

    private void start(Vertx vertx, Configuration configuration, String newSession) throws Exception {
        server = TestServer.start(vertx, configuration);
        token = Await.result(server.vertx().eventBus().<String>request("tessera.commands", newSession))
                .body()
                .replaceAll(".*\"tkn\":(\\d+).*", "$1");
        listen("tessera.events." + token);
    }

    private void listen(String address) throws Exception {
        Await.result(server.vertx()
                .eventBus()
                .<Buffer>consumer(address, message -> events.add(message.body().toString()))
                .completion());
    }

    private static String expiring(boolean delete) {
        return """
                {"SH_NEW":{"name":"n","expiry":{"duration":10,"deleteSession":%s}}}""".formatted(delete);
    }

    /** Returns the events of one command: those before the events of a key that is set and removed after it. */
    private List<String> eventsOf(String command, String parameters) throws Exception {
        ask(command, parameters);
        ask("KV_SETQ", """
                "keys":{"fence":0}""");
        ask("KV_RMV", """
                "keys":["fence"]""");
        List<String> found = new ArrayList<>();
        for (String event = next(); !event.equals(event("set", "\"fence\":0")); event = next()) {
            found.add(event);
        }
        assertThat(next()).isEqualTo(event("remove", "\"fence\":null"));
        return found;
    }

    private String event(String kind, String keys) {
        return """
                {"tkn":%s,"ev":"%s","keys":{%s}}""".formatted(token, kind, keys);
    }

    private String next() throws InterruptedException {
        String event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    private String ask(String command, String parameters) throws Exception {
        return Await.result(send(command, parameters));
    }

    private Future<String> send(String command, String parameters) {
        return server.vertx()
                .eventBus()
                .<String>request("tessera.commands", """
                        {"%s":{"tkn":%s,%s}}""".formatted(command, token, parameters))
                .map(reply -> reply.body());
    }
}
