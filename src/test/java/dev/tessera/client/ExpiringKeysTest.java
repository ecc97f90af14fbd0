package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The time to live of keys, and of sessions that exist. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ExpiringKeysTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static TestServer server;
    private static TesseraClient tessera;

    private TesseraSession session;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 3));
        tessera = TesseraClient.create(vertx);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void newSession() throws Exception {
        session = Await.result(tessera.newSession("s"));
    }

    @Test
    void shouldSetAndReturnTheTimeToLive() throws Exception {
        Await.result(session.set(Map.of("a", 1, "b", 2)));

        assertThat(Await.result(session.expire("a", Duration.ofMillis(59_001)))).isTrue();
        assertThat(Await.result(session.expire("none", MINUTE))).isFalse();
        assertThat(Await.result(session.ttl("a"))).isEqualTo(MINUTE);
        assertThat(Await.result(session.ttl("b"))).isZero();
        assertThat(Await.result(session.ttl("none"))).isNull();
        assertThat(Await.result(session.ttl(List.of("none", "b", "a"))))
                .containsExactly(Map.entry("b", Duration.ZERO), Map.entry("a", MINUTE));
        assertThat(Await.result(session.expire(List.of("none", "b", "a"), HOUR)))
                .containsExactly(Map.entry("b", HOUR), Map.entry("a", HOUR));
        assertThat(Await.result(session.expire(List.of("a"), Duration.ZERO)))
                .containsExactly(Map.entry("a", Duration.ZERO));
        server.clock().advance(HOUR);
        assertThat(Await.result(session.keys())).containsExactly("a");
    }

    @Test
    void shouldAcceptTheLongestTime() throws Exception {
        Await.result(session.set("a", 1));

        assertThat(Await.result(session.expire("a", Duration.ofSeconds(Long.MAX_VALUE, 999_000_000))))
                .isTrue();
        assertThat(Await.result(session.ttl("a"))).isZero();
    }

    @Test
    void shouldStoreKeysWithATimeToLive() throws Exception {
        assertThat(Await.result(session.set("a", 1, MINUTE))).isTrue();
        assertThat(Await.result(session.add("a", 2, HOUR))).isFalse();
        assertThat(Await.result(session.add("b", 2, Duration.ofMillis(1)))).isTrue();

        assertThat(Await.result(session.ttl("a"))).isEqualTo(MINUTE);
        assertThat(Await.result(session.ttl("b"))).isEqualTo(Duration.ofSeconds(1));
        server.clock().advance(Duration.ofMillis(1));
        assertThat(Await.result(session.get("b"))).isNull();
        Await.result(session.set("a", 1));
        assertThat(Await.result(session.ttl("a"))).isZero();
    }

    @Test
    void shouldKeepTheTimeToLiveOfOldKeysOrGiveOneToNewKeys() throws Exception {
        WriteOptions keep = new WriteOptions().setKeepTtl(true);
        Await.result(session.set("a", 1, MINUTE));

        Await.result(session.set(Map.of("a", 2, "b", 2), keep));
        assertThat(Await.result(session.ttl(List.of("a", "b"))))
                .containsExactly(Map.entry("a", MINUTE), Map.entry("b", Duration.ZERO));
        WriteOptions window = new WriteOptions().setTtlNew(HOUR);
        Await.result(session.increment("a", BigDecimal.ONE, window));
        Await.result(session.increment("c", BigDecimal.ONE, window));
        assertThat(Await.result(session.ttl(List.of("a", "c"))))
                .containsExactly(Map.entry("a", MINUTE), Map.entry("c", HOUR));
        Await.result(session.append("d", List.of(1), new WriteOptions().setTtl(MINUTE)));
        Await.result(session.merge("e", 1, new WriteOptions().setTtl(MINUTE)));
        Await.result(session.patch("d", List.of(), new WriteOptions().setTtl(HOUR)));
        Await.result(
                session.add(Map.of("f", 1), new WriteOptions().setTtl(MINUTE).setKeepTtl(true)));
        assertThat(Await.result(session.ttl(List.of("d", "e", "f"))))
                .containsExactly(Map.entry("d", HOUR), Map.entry("e", MINUTE), Map.entry("f", MINUTE));
        Await.result(session.clearSet(Map.of("g", 1), new WriteOptions().setTtl(MINUTE)));
        assertThat(Await.result(session.ttl("g"))).isEqualTo(MINUTE);
    }

    @Test
    void shouldReplaceTheTimeToLiveAndComputeWithoutChangingIt() throws Exception {
        Await.result(session.set("a", 1, MINUTE));

        VersionedValue computed = Await.result(session.compute("a", present -> 2));
        assertThat(Await.result(session.ttl("a"))).isEqualTo(MINUTE);
        long revision = Await.result(session.replace("a", 3, computed.revision(), new WriteOptions().setTtl(HOUR)));
        assertThat(Await.result(session.ttl("a"))).isEqualTo(HOUR);
        Await.result(session.replace("a", 3, revision));
        assertThat(Await.result(session.ttl("a"))).isZero();
    }

    @Test
    void shouldGiveASessionAnotherExpiry() throws Exception {
        Await.result(session.expire(MINUTE, true));
        assertThat(Await.result(session.info())).isEqualTo(new SessionInfo(false, 0, 60, 60, true));

        Await.result(session.expire(Duration.ZERO, true));
        assertThat(Await.result(session.info())).isEqualTo(new SessionInfo(false, 0, 0, 0, false));

        Await.result(session.expire(HOUR, true));
        server.clock().advance(HOUR);
        assertThat(((TesseraException) Await.failure(session.expire(HOUR, true))).status())
                .isEqualTo(Status.SESSION_NOT_EXIST);
    }

    @Test
    void shouldOpenASharedSessionOrCreateIt() throws Exception {
        SessionOptions options = new SessionOptions().setDuration(MINUTE);
        TesseraSession made = Await.result(tessera.openOrCreate("lounge", options));

        assertThat(Await.result(tessera.openOrCreate("lounge")).token()).isEqualTo(made.token());
        assertThat(Await.result(tessera.openSession("lounge")).token()).isEqualTo(made.token());
        assertThat(Await.result(made.info())).isEqualTo(new SessionInfo(true, 0, 60, 60, false));
        assertThat(((TesseraException) Await.failure(tessera.openOrCreate(""))).status())
                .isEqualTo(Status.VALUE_SIZE);
        assertThat(Await.failure(tessera.openOrCreate("\ud800"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWrongArgumentsAtOnce() throws Exception {
        assertNamed("key", () -> session.ttl((String) null));
        assertNamed("key", () -> session.ttl(Arrays.asList("a", null)));
        assertNamed("collection of keys", () -> session.ttl((List<String>) null));
        assertNamed("key", () -> session.expire((String) null, MINUTE));
        assertNamed("ttl", () -> session.expire("a", null));
        assertNamed("collection of keys", () -> session.expire((List<String>) null, MINUTE));
        assertNamed("duration", () -> session.expire((Duration) null, true));
        assertNamed("ttl", () -> session.set("a", 1, (Duration) null));
        assertNamed("ttl", () -> session.add("a", 1, (Duration) null));
        assertNamed("ttlNew", () -> new WriteOptions().setTtlNew(null));
        assertNamed("name", () -> tessera.openOrCreate(null));
        assertNamed("options", () -> tessera.openOrCreate("a", null));
        for (Duration wrong : List.of(Duration.ofMillis(-1), Duration.ofNanos(1))) {
            assertThatThrownBy(() -> session.expire("a", wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ttl must be whole milliseconds, and not negative");
            assertThatThrownBy(() -> session.set("a", 1, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> session.expire(Duration.ofMillis(1500), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration must be whole seconds, and not negative");
        assertThat(Await.failure(session.ttl("\ud800"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.expire("\ud800", MINUTE))).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertNamed(String parameter, ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null " + parameter + " accepted");
    }
}
