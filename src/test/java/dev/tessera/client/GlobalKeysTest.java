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
}
