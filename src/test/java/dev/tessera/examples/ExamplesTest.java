package dev.tessera.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.client.SessionToken;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraSession;
import dev.tessera.config.Settings;
import dev.tessera.server.TesseraServer;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples. */
@Tag(Layer.DOCS)
class ExamplesTest {

    private static Vertx vertx;
    private static TesseraServer server;
    private static TesseraClient tessera;

    @BeforeAll
    static void start(@TempDir Path saves) throws Exception {
        var configuration = StartExample.configuration()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0)
                .with(Settings.SAVE_ENABLED, true)
                .with(Settings.SAVE_PATH, Optional.of(saves));
        // Not an injected one: how a program makes its Vert.x is part of the example.
        vertx = StartExample.vertx(configuration);
        server = Await.result(StartExample.start(vertx, configuration));
        tessera = TesseraClient.create(vertx);
    }

    @AfterAll
    static void stop() throws Exception {
        Await.result(server.drain());
        Await.result(vertx.close());
    }

    @Test
    void shouldGiveABasketToEveryCustomer() throws Exception {
        String digits = Await.result(
                vertx.eventBus().<String>request("baskets.new", "Ada").map(Message::body));
        TesseraSession basket = tessera.session(SessionToken.parse(digits));

        assertThat(Await.result(basket.get("customer"))).hasToString("\"Ada\"");
        assertThat(Await.result(basket.info()).durationSeconds()).isEqualTo(600);
    }

    @Test
    void shouldShowAFirstSession() throws Exception {
        assertThat(Await.result(ClientExamples.firstSession(tessera))).containsExactly("visits", "theme");
    }

    @Test
    void shouldStoreAndReadAnObject() throws Exception {
        assertThat(Await.result(tessera.newSession("s").compose(ClientExamples::nameOfUser)))
                .isEqualTo("Ada");
    }

    @Test
    void shouldKeepAllDigits() throws Exception {
        assertThat(Await.result(tessera.newSession("s").compose(ClientExamples::allDigits)))
                .isEqualTo("3.14159265358979323846264338327950288");
    }

    @Test
    void shouldOpenTheLobbyOrMakeIt() throws Exception {
        SessionToken made = Await.result(ClientExamples.lobby(tessera)).token();

        assertThat(Await.result(ClientExamples.lobby(tessera)).token()).isEqualTo(made);
    }

    @Test
    void shouldBackUp() throws Exception {
        assertThat(Await.result(ClientExamples.backUp(tessera))).isNotNegative();
    }

    @Test
    void shouldExecuteAnyCommand() throws Exception {
        TesseraSession session = Await.result(tessera.newSession("s"));

        assertThat(Await.result(ClientExamples.countOf(session, tessera))).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":%s,"st":1,"cnt":0}}""".formatted(session.token()));
    }

    @Test
    void shouldAnswerAtTheAddressForCommands() throws Exception {
        assertThat(Await.result(CommandsExample.newBasket(vertx))).matches("""
                        \\{"SH_NEW_RSP":\\{"st":1,"name":"basket","tkn":\\d+}}""");
    }

    @Test
    void shouldWriteDownWhatHappens() throws Exception {
        TesseraSession session = Await.result(tessera.newSession("s"));
        List<String> lines = new CopyOnWriteArrayList<>();
        Promise<Void> ended = Promise.promise();
        Await.result(vertx.deployVerticle(new ChangeLogVerticle(session.token(), line -> {
            lines.add(line);
            if (line.startsWith("END")) {
                ended.complete();
            }
        })));

        Await.result(session.set("a", 1)
                .compose(isNew -> session.set(Map.of("a", 2)))
                .compose(statuses -> session.remove("a"))
                .compose(removed -> session.end()));
        Await.result(ended.future());

        assertThat(lines).containsExactly("SET {a=1}", "UPDATE {a=2}", "REMOVE {a=null}", "END {}");
    }
}
