package dev.tessera.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.client.ConflictException;
import dev.tessera.client.SessionToken;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraSession;
import dev.tessera.client.VersionedValue;
import dev.tessera.config.Settings;
import dev.tessera.server.TesseraServer;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
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
        assertThat(Await.result(ClientExamples.hasLobby(tessera))).isFalse();
        SessionToken made = Await.result(ClientExamples.lobby(tessera)).token();

        assertThat(Await.result(ClientExamples.lobby(tessera)).token()).isEqualTo(made);
        assertThat(Await.result(ClientExamples.hasLobby(tessera))).isTrue();
    }

    @Test
    void shouldComputeACart() throws Exception {
        TesseraSession session = Await.result(tessera.newSession("s"));
        Await.result(KeyExamples.addToCart(session, "tea"));
        Await.result(KeyExamples.addToCart(session, "milk"));

        assertThat(Await.result(KeyExamples.addToCart(session, "tea")).value()).hasToString("""
                ["tea","milk"]""");
    }

    @Test
    void shouldRenameAUserUnlessAnotherIsFaster() throws Exception {
        TesseraSession session = Await.result(tessera.newSession("s"));
        Await.result(session.set("user", new JsonObject().put("name", "Ada")));
        VersionedValue user = Await.result(session.getVersioned("user"));

        assertThat(Await.result(KeyExamples.rename(session, user, "Bob"))).isTrue();
        assertThat(Await.result(KeyExamples.rename(session, user, "Eve"))).isFalse();
        assertThat(Await.result(session.get("user")).toJsonObject()).isEqualTo(new JsonObject().put("name", "Bob"));
    }

    @Test
    void shouldKeepAccounts() throws Exception {
        TesseraSession session = Await.result(tessera.newSession("s"));
        Await.result(KeyExamples.pay(session, new BigDecimal("0.10")));

        assertThat(Await.result(KeyExamples.pay(session, new BigDecimal("0.20"))))
                .isEqualTo(new BigDecimal("0.30"));
        assertThat(Await.result(session.get("payments"))).hasToString("[0.10,0.20]");
        assertThat(Await.result(session.get("account"))).hasToString("""
                {"lastPayment":0.20,"total":0.30}""");
    }

    @Test
    void shouldLimitCalls() throws Exception {
        TesseraSession session = Await.result(tessera.newSession("s"));
        for (int i = 0; i < 100; i++) {
            assertThat(Await.result(KeyExamples.mayCall(session, "ada"))).isTrue();
        }

        assertThat(Await.result(KeyExamples.mayCall(session, "ada"))).isFalse();
        assertThat(Await.result(session.ttl("calls:ada"))).isPositive();
    }

    @Test
    void shouldOrderOnce() throws Exception {
        TesseraSession session = Await.result(tessera.newSession("s"));
        Await.result(session.set(Map.of("stock", 7, "cart", List.of("tea"))));
        VersionedValue cart = Await.result(session.getVersioned("cart"));

        assertThat(Await.result(KeyExamples.order(session, cart))).isEqualTo("6");
        assertThat(Await.failure(KeyExamples.order(session, cart))).isInstanceOf(ConflictException.class);
        assertThat(Await.result(session.get("orders"))).hasToString("""
                [["tea"]]""");
        assertThat(Await.result(session.get("stock"))).hasToString("6");
    }

    @Test
    void shouldListUsers() throws Exception {
        TesseraSession session = Await.result(tessera.newSession("s"));
        Await.result(session.set(Map.of("user:1", 1, "user:2", 2, "other", 3)));

        assertThat(Await.result(KeyExamples.users(session))).containsExactlyInAnyOrder("user:1", "user:2");
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
