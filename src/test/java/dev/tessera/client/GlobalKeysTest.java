package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.event.EventKind;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client of a server without sessions. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class GlobalKeysTest {

    @Test
    void shouldUseTheGlobalKeySpaceWithoutSessions(Vertx vertx) throws Exception {
        TestServer.start(
                vertx,
                Configuration.defaults()
                        .with(Settings.EVENT_LOOPS, 3)
                        .with(Settings.SESSIONS_ENABLED, false)
                        .with(Settings.EVENTS_ENABLED, true));
        TesseraClient client = TesseraClient.create(vertx);
        TesseraKeys keys = client.globalKeys();
        Promise<SessionEvent> event = Promise.promise();
        Await.result(TesseraEvents.consumer(vertx, event::tryComplete).completion());

        assertThat(Await.result(keys.set("tkn", 1))).isTrue();
        assertThat(Await.result(keys.add(Map.of("st", 2, "m", "text", "tkn", 3))))
                .containsEntry("tkn", Status.KEY_EXISTS);
        assertThat(Await.result(keys.get(List.of("st", "m", "tkn"))))
                .containsOnly(
                        Map.entry("st", JsonText.of("2")),
                        Map.entry("m", JsonText.of("\"text\"")),
                        Map.entry("tkn", JsonText.of("1")));
        assertThat(Await.result(keys.remove("tkn"))).isTrue();
        assertThat(Await.result(keys.remove("tkn"))).isFalse();
        assertThat(Await.result(keys.remove("st"))).isTrue();
        assertThat(Await.result(keys.remove("m"))).isTrue();
        assertThat(Await.result(keys.count())).isZero();
        assertThat(Await.result(event.future()))
                .isEqualTo(new SessionEvent(null, EventKind.SET, Map.of("tkn", JsonText.of("1"))));
        assertThat(Await.failure(client.newSession("s")))
                .isInstanceOfSatisfying(
                        TesseraException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(Status.COMMAND_DISABLED));
    }

    @Test
    void shouldKnowRevisionsEndsAndChangesInPlaceWithoutSessions(Vertx vertx) throws Exception {
        TestServer.start(
                vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 3).with(Settings.SESSIONS_ENABLED, false));
        TesseraKeys keys = TesseraClient.create(vertx).globalKeys();

        long first = Await.result(keys.replace("tkn", 1, 0));
        long second = Await.result(keys.replace("tkn", 2, first, new WriteOptions().setTtl(Duration.ofHours(1))));
        assertThat(second).isGreaterThan(first);
        assertThat(((ConflictException) Await.failure(keys.replace("tkn", 3, first))).revisions())
                .containsExactly(Map.entry("tkn", second));
        VersionedValue computed =
                Await.result(keys.compute("tkn", present -> Integer.parseInt(present.toString()) + 1));
        assertThat(computed.value()).hasToString("3");
        assertThat(Await.result(keys.getVersioned(List.of("none", "tkn"))))
                .containsExactly(Map.entry("none", new VersionedValue(null, 0)), Map.entry("tkn", computed));
        assertThat(Await.result(keys.ttl(List.of("none", "tkn"))))
                .containsExactly(Map.entry("tkn", Duration.ofHours(1)));
        assertThat(Await.failure(keys.remove("tkn", second))).isInstanceOf(ConflictException.class);
        Await.result(keys.remove("tkn", computed.revision()));
        assertThat(Await.result(keys.contains("tkn"))).isFalse();

        assertThat(Await.result(keys.increment("n", new BigDecimal("0.1")))).isEqualTo("0.1");
        assertThat(Await.result(keys.append("l", List.of(1, 2)))).isEqualTo(2);
        assertThat(Await.result(keys.merge("o", Map.of("a", 1)))).isTrue();
        Await.result(keys.patch("o", List.of()));
        assertThat(Await.result(keys.expire(List.of("n", "l"), Duration.ofMinutes(1))))
                .containsOnly(Map.entry("n", Duration.ofMinutes(1)), Map.entry("l", Duration.ofMinutes(1)));
        assertThat(Await.failure(keys.set(Map.of("a", 1, "b", 2), new WriteOptions().setRevisions(Map.of("a", 0L)))))
                .isInstanceOfSatisfying(
                        TesseraException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(Status.COMMAND_SYNTAX));
        assertThat(Await.result(keys.count())).isEqualTo(3);
    }
}
