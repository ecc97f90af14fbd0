package dev.tessera.impl.gateway.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class CommandAddressTest {

    private static final String COUNT = """
            {"KV_COUNT":{"tkn":7}}""";
    private static final int SENDERS = 6;
    private static final int COMMANDS = 1000;

    private TestServer server;
    private Vertx oneLoop;

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (oneLoop != null) {
            Await.result(oneLoop.close());
        }
    }

    @Test
    void shouldAnswerInTheTypeOfTheBody(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);

        assertThat(Await.result(ask(COUNT)).body()).isEqualTo("""
                        {"KV_COUNT_RSP":{"st":100,"tkn":7,"m":"%s"}}""".formatted(Messages.NO_SESSION));
        assertThat(Await.result(ask(Buffer.buffer(COUNT))).body())
                .isEqualTo(Buffer.buffer("""
                                {"KV_COUNT_RSP":{"st":100,"tkn":7,"m":"%s"}}""".formatted(Messages.NO_SESSION)));
    }

    @Test
    void shouldAnswerSilenceWithAnEmptyBody(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);
        String setQuietly = """
                {"KV_SETQ":{"tkn":%s,"keys":{"a":1}}}""".formatted(newSession());

        assertThat(Await.result(ask(setQuietly)).body()).isEqualTo("");
        assertThat(Await.result(ask(Buffer.buffer(setQuietly))).body()).isEqualTo(Buffer.buffer());
    }

    @Test
    void shouldRefuseIllFormedTextAsInvalidJson(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);
        String refusal = """
                {"ERR":{"st":3,"m":"%s"}}""".formatted(Messages.NOT_UTF8);

        assertThat(Await.result(ask("""
                {"KV_COUNT":{"x":"\ud800"}}""")).body()).isEqualTo(refusal);
        assertThat(Await.result(ask(Buffer.buffer(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'})))
                        .body()
                        .toString())
                .isEqualTo(refusal);
    }

    @Test
    void shouldRefuseATooLargeMessageAndTakeTheLargest(Vertx vertx) throws Exception {
        server = TestServer.start(
                vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 1).with(Settings.MAX_PAYLOAD_BYTES, 1024));
        String largest = COUNT + " ".repeat(1024 - COUNT.length());

        assertThat(Await.result(ask(largest)).body().toString()).contains("\"st\":100");
        assertThat(Await.result(ask(largest + " ")).body()).isEqualTo("""
                        {"ERR":{"st":42,"m":"%s"}}""".formatted(Messages.messageTooLarge(1024)));
    }

    @Test
    void shouldRefuseBodiesOfOtherTypes(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);
        String refusal = """
                {"ERR":{"st":2,"m":"%s"}}""".formatted(CommandAddressVerticle.NOT_TEXT);

        assertThat(Await.result(ask(new JsonObject(COUNT))).body()).isEqualTo(refusal);
        assertThat(Await.result(ask(null)).body()).isEqualTo(refusal);
    }

    @Test
    void shouldLeaveTheSendersBufferAlone(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);
        // The decoder makes the key canonical in place.
        Buffer command = Buffer.buffer("""
                {"KV_SET":{"tkn":%s,"keys":{"\\u0061":1}}}""".formatted(newSession()));
        Buffer before = command.copy();

        assertThat(Await.result(ask(command)).body().toString()).contains("{\"a\":20}");
        assertThat(command).isEqualTo(before);
    }

    @Test
    void shouldRefuseCommandsOverTheLimitAndTakeOthersAfterwards() throws Exception {
        server = TestServer.start(
                vertxOfOneLoop(),
                Configuration.defaults().with(Settings.EVENT_LOOPS, 1).with(Settings.MAX_IN_FLIGHT, 1));
        int limit = CommandAddressVerticle.SENDERS;
        List<Future<Message<Object>>> asked = new ArrayList<>();
        Promise<Void> sent = Promise.promise();
        // All in one turn of the only event loop, so that no command is answered before the last one is sent.
        server.vertx().runOnContext(now -> {
            for (int i = 0; i <= limit; i++) {
                asked.add(ask(COUNT));
            }
            sent.complete();
        });
        Await.result(sent.future());

        for (Future<Message<Object>> within : asked.subList(0, limit)) {
            assertThat(Await.result(within).body().toString()).contains("\"st\":100");
        }
        assertThat(Await.result(asked.get(limit)).body())
                .isEqualTo("""
                        {"KV_COUNT_RSP":{"st":202,"tkn":7,"m":"%s"}}""".formatted(CommandAddressVerticle.tooManyInFlight(16)));
        assertThat(Await.result(ask(COUNT)).body().toString()).contains("\"st\":100");
    }

    @Test
    void shouldKeepTheOrderOfEverySenderOnEveryToken(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 4));
        List<String> tokens = List.of(newSession(), newSession(), newSession());
        List<Future<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            senders.add(talk("k" + sender, tokens));
        }

        for (Future<Void> sender : senders) {
            Await.result(sender);
        }
    }

    /** Sends all commands from one context without waiting, some without a reply, and compares the stored values. */
    private Future<Void> talk(String key, List<String> tokens) {
        Promise<Void> done = Promise.promise();
        server.vertx().deployVerticle(context -> {
            List<Future<?>> reads = new ArrayList<>();
            for (int n = 0; n < COMMANDS; n++) {
                String token = tokens.get(n % tokens.size());
                String answer = """
                        {"KV_GET_RSP":{"tkn":%s,"keys":{"%s":%s}}}""".formatted(token, key, n);
                context.owner().eventBus().send(CommandAddressVerticle.ADDRESS, """
                                        {"KV_SETQ":{"tkn":%s,"keys":{"%s":%s}}}""".formatted(token, key, n));
                reads.add(ask("""
                        {"KV_GET":{"tkn":%s,"keys":["%s"]}}""".formatted(token, key))
                        .onSuccess(reply -> assertThat(reply.body()).isEqualTo(answer))
                        .compose(reply -> reply.body().equals(answer)
                                ? Future.succeededFuture()
                                : Future.failedFuture(reply.body() + " instead of " + answer)));
            }
            Future.all(reads).<Void>mapEmpty().onComplete(done);
            return Future.succeededFuture();
        });
        return done.future();
    }

    @Test
    void shouldHaveNoHandlersWithoutAServer(Vertx vertx) throws Exception {
        assertThat(failureType(vertx)).isEqualTo(ReplyFailure.NO_HANDLERS);
    }

    @Test
    void shouldHaveNoHandlersAfterTheServerHasDrained(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);
        assertThat(Await.result(ask(COUNT)).body().toString()).contains("\"st\":100");

        Await.result(server.server().drain());

        assertThat(failureType(server.vertx())).isEqualTo(ReplyFailure.NO_HANDLERS);
    }

    @Test
    void shouldAnswerAllAcceptedCommandsBeforeTheServerEnds() throws Exception {
        server = TestServer.start(vertxOfOneLoop(), Configuration.defaults().with(Settings.EVENT_LOOPS, 1));
        List<Future<Message<Object>>> asked = new ArrayList<>();
        Promise<Void> sent = Promise.promise();
        server.vertx().runOnContext(now -> {
            for (int i = 0; i < COMMANDS; i++) {
                asked.add(ask(COUNT));
            }
            server.vertx().runOnContext(taken -> server.server().drain().onComplete(sent));
        });
        Await.result(sent.future());

        for (Future<Message<Object>> one : asked) {
            assertThat(Await.result(one).body().toString()).contains("\"st\":100");
        }
    }

    /**
     * Starts a Vert.x with one event loop. Only then can a test act in a single turn, between two turns of the server.
     */
    private Vertx vertxOfOneLoop() {
        oneLoop = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        return oneLoop;
    }

    private static ReplyFailure failureType(Vertx vertx) throws Exception {
        return ((ReplyException) Await.failure(vertx.eventBus().request(CommandAddressVerticle.ADDRESS, COUNT)))
                .failureType();
    }

    private Future<Message<Object>> ask(Object body) {
        return server.vertx().eventBus().request(CommandAddressVerticle.ADDRESS, body);
    }

    private String newSession() throws Exception {
        return Await.result(ask("""
                {"SH_NEW":{"name":"n"}}""")).body().toString().replaceAll(".*\"tkn\":(\\d+).*", "$1");
    }
}
