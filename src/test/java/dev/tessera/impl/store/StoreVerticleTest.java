package dev.tessera.impl.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.ScatterGatherCommand;
import dev.tessera.impl.command.SessionCommand;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.work.WorkerOptions;
import dev.tessera.impl.work.WorkerQueue;
import dev.tessera.protocol.Status;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import dev.tessera.testing.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.event.Level;

/** Gateways and stores on several event loops, over a real event bus. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class StoreVerticleTest {

    private static final int STORES = 4;
    private static final int REPLY_BYTES_MAX = 8 * 1024 * 1024;

    private final StoreMap stores = new StoreMap(31, STORES);
    private final MutableClock clock = new MutableClock();
    private final WorkerQueue workers = new WorkerQueue(new WorkerOptions(1, 16, 0, 10_000));
    private Vertx vertx;
    private volatile long nextToken = 1_000;

    /** Throws after it has begun to answer. */
    private static final class Failing extends SessionCommand {

        private final boolean withError;

        Failing(String name, boolean withError) {
            super(name, "Fails.", Effect.WRITE);
            this.withError = withError;
        }

        @Override
        protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
            answer.begin(this).tkn(request.token()).openObject(Answer.KEYS);
            if (withError) {
                throw new StackOverflowError("expected by the test: a command that fails");
            }
            throw new IllegalStateException("expected by the test: a command that fails");
        }
    }

    /** Throws when the store asks for its properties, outside its execution. */
    private static final class FailingBeside extends SessionCommand {

        FailingBeside() {
            super("FAIL_BESIDE", "Fails beside its execution.", Effect.WRITE);
        }

        @Override
        public int replyBytesMax(int answerBytesMax) {
            throw new OutOfMemoryError("expected by the test: no room for a reply");
        }

        @Override
        protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
            throw new IllegalStateException("never executed");
        }
    }

    /** Throws at the owner of the token 1 and succeeds everywhere else. */
    private static final class FailingScatter extends ScatterGatherCommand {

        FailingScatter() {
            super("FAIL_ALL", "Fails in part.", Effect.WRITE);
        }

        @Override
        public void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
            answer.beginPart().part().longBytes(1);
            if (partitions.owns(1)) {
                throw new IllegalStateException("expected by the test: a part that fails");
            }
        }

        @Override
        protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
            answer.begin(this).st(Status.OK).end(request);
        }
    }

    @BeforeEach
    void prepare(Vertx vertx) {
        this.vertx = vertx;
        BatchBus.prepare(vertx.eventBus());
    }

    @Test
    void shouldAnswerAsOneThreadWouldUnderRandomLoad() throws TimeoutException {
        long seed = 800L;
        deployStores(REPLY_BYTES_MAX);
        int gateways = 5;
        List<Future<TestGateway.Replies>> sent = new ArrayList<>();
        List<List<String>> messages = new ArrayList<>();
        List<TestGateway> deployed = new ArrayList<>();
        for (int gateway = 0; gateway < gateways; gateway++) {
            deployed.add(deployGateway("gateway-" + gateway));
            messages.add(randomMessages(gateway, new Random(seed + gateway)));
        }
        for (int gateway = 0; gateway < gateways; gateway++) {
            sent.add(deployed.get(gateway).send(messages.get(gateway), 1 + gateway * 23));
        }
        for (int gateway = 0; gateway < gateways; gateway++) {
            List<String> replies = await(sent.get(gateway)).texts();
            CommandRunner model = new CommandRunner();
            for (int i = 0; i < replies.size(); i++) {
                String message = messages.get(gateway).get(i);
                assertThat(replies.get(i))
                        .as("seed %d, gateway %d, message %d: %s", seed, gateway, i, message)
                        .isEqualTo(model.run(message));
            }
            assertThat(await(deployed.get(gateway).unanswered())).isZero();
        }
    }

    /** Each gateway has sessions of its own, so its expected replies do not depend on the others. */
    private static List<String> randomMessages(int gateway, Random random) {
        List<String> messages = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String name = "g" + gateway + "-s" + i;
            tokens.add(Long.toUnsignedString(CommandRunner.sharedToken(name)));
            messages.add("""
                    {"SH_NEW":{"name":"%s","shared":true}}""".formatted(name));
        }
        for (int i = 0; i < 4_000; i++) {
            int session = random.nextInt(tokens.size());
            String token = tokens.get(session);
            String key = "\"k" + random.nextInt(5) + "\"";
            messages.add(
                    switch (random.nextInt(60)) {
                        case 0 -> """
                                {"SH_END":{"tkn":%s}}""".formatted(token);
                        case 1, 2 -> """
                                {"SH_NEW":{"name":"g%s-s%s","shared":true}}""".formatted(gateway, session);
                        case 3, 4 -> """
                                {"SH_EXISTS":{"tkns":%s}}""".formatted(tokens);
                        case 5 -> """
                                {"SH_OPEN":{"name":"g%s-s%s"}}""".formatted(gateway, session);
                        case 6, 7, 8, 9, 10 -> """
                                {"KV_SETQ":{"tkn":%s,"keys":{%s:%s}}}""".formatted(token, key, i);
                        case 11, 12 -> """
                                {"KV_KEYS":{"tkn":%s}}""".formatted(token);
                        case 13, 14 -> """
                                {"KV_CLEAR":{"tkn":%s}}""".formatted(token);
                        case 15, 16, 17, 18 -> """
                                {"KV_RMV":{"tkn":%s,"keys":[%s]}}""".formatted(token, key);
                        default -> random.nextBoolean() ? """
                                            {"KV_SET":{"tkn":%s,"keys":{%s:%s,"all":%s}}}""".formatted(token, key, i, i) : """
                                            {"KV_GET":{"tkn":%s,"keys":[%s,"all"]}}""".formatted(token, key);
                    });
        }
        return messages;
    }

    @Test
    void shouldNotShowHalfACommandToAnotherGateway() throws TimeoutException {
        deployStores(REPLY_BYTES_MAX);
        TestGateway writer = deployGateway("writer");
        TestGateway reader = deployGateway("reader");
        String token = Long.toUnsignedString(CommandRunner.sharedToken("n"));
        await(writer.send(List.of("""
                                {"SH_NEW":{"name":"n","shared":true}}""", """
                                        {"KV_SET":{"tkn":%s,"keys":{"a":0,"b":0}}}""".formatted(token)), 1));
        List<String> writes = new ArrayList<>();
        List<String> reads = new ArrayList<>();
        for (int i = 1; i <= 2_000; i++) {
            writes.add("""
                    {"KV_SET":{"tkn":%s,"keys":{"a":%s,"b":%s}}}""".formatted(token, i, i));
            reads.add("""
                    {"KV_GET":{"tkn":%s,"keys":["a","b"]}}""".formatted(token));
        }
        Future<TestGateway.Replies> written = writer.send(writes, 7);
        Future<TestGateway.Replies> read = reader.send(reads, 5);

        assertThat(await(read).texts()).allMatch(reply -> reply.matches("""
                                \\{"KV_GET_RSP":\\{"tkn":\\d+,"keys":\\{"a":(\\d+),"b":\\1}}}"""));
        assertThat(await(written).texts()).containsOnly("""
                        {"KV_SET_RSP":{"tkn":%s,"keys":{"a":21,"b":21}}}""".formatted(token));
    }

    @Test
    void shouldSplitRepliesThatAreLargeTogether() throws TimeoutException {
        deployStores(REPLY_BYTES_MAX);
        TestGateway gateway = deployGateway("gateway");
        String token = Long.toUnsignedString(CommandRunner.sharedToken("n"));
        List<String> messages = new ArrayList<>(List.of("""
                {"SH_NEW":{"name":"n","shared":true}}"""));
        for (int i = 0; i < 10; i++) {
            messages.add("""
                    {"KV_SET":{"tkn":%s,"keys":{"k%s":"%s"}}}""".formatted(token, i, ("" + i).repeat(150_000)));
        }
        await(gateway.send(messages, 1));
        List<String> reads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            reads.add("""
                    {"KV_GET":{"tkn":%s,"keys":["k%s"]}}""".formatted(token, i % 10));
            reads.add("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token));
        }

        TestGateway.Replies replies = await(gateway.send(reads, Integer.MAX_VALUE));

        assertThat(replies.flushes()).as("in parts of about half a megabyte").isBetween(7, 12);
        for (int i = 0; i < 30; i++) {
            assertThat(replies.texts().get(2 * i))
                    .hasSize("""
                            {"KV_GET_RSP":{"tkn":%s,"keys":{"k0":""}}}""".formatted(token).length() + 150_000)
                    .contains("\"k" + i % 10 + "\":\"" + i % 10);
            assertThat(replies.texts().get(2 * i + 1)).isEqualTo("""
                            {"KV_COUNT_RSP":{"tkn":%s,"st":1,"cnt":10}}""".formatted(token));
        }
        assertThat(await(gateway.unanswered())).isZero();
    }

    @Test
    void shouldExecuteBatchesInOrderAfterABatchWithLargeReplies() throws TimeoutException {
        deployStores(REPLY_BYTES_MAX);
        TestGateway gateway = deployGateway("gateway");
        TestGateway other = deployGateway("other");
        String token = Long.toUnsignedString(CommandRunner.sharedToken("n"));
        String get = """
                {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token);
        await(gateway.send(List.of("""
                                {"SH_NEW":{"name":"n","shared":true}}""", """
                                        {"KV_SET":{"tkn":%s,"keys":{"k":"%s"}}}""".formatted(token, "x".repeat(1_000_000))), 1));

        Future<TestGateway.Replies> large = gateway.send(Collections.nCopies(40, get), Integer.MAX_VALUE);
        Future<TestGateway.Replies> small = gateway.send(List.of("""
                        {"KV_SET":{"tkn":%s,"keys":{"k":1}}}""".formatted(token), get), Integer.MAX_VALUE);

        assertThat(await(large).texts()).hasSize(40).allMatch(reply -> reply.length() > 1_000_000);
        assertThat(await(small).texts()).containsExactly("""
                                {"KV_SET_RSP":{"tkn":%s,"keys":{"k":21}}}""".formatted(token), """
                                {"KV_GET_RSP":{"tkn":%s,"keys":{"k":1}}}""".formatted(token));
        assertThat(await(other.send(List.of(get), 1)).texts()).containsExactly("""
                        {"KV_GET_RSP":{"tkn":%s,"keys":{"k":1}}}""".formatted(token));
        assertThat(await(gateway.unanswered())).isZero();
    }

    @Test
    void shouldRefuseAnAnswerOverTheLimitAndGoOn() throws TimeoutException {
        deployStores(1_000);
        TestGateway gateway = deployGateway("gateway");
        String token = Long.toUnsignedString(CommandRunner.sharedToken("n"));
        String value = "\"" + "x".repeat(600) + "\"";
        List<String> replies = await(gateway.send(
                        List.of(
                                """
                                        {"SH_NEW":{"name":"n","shared":true}}""",
                                """
                                        {"KV_SET":{"tkn":%s,"keys":{"a":%s,"b":%s}}}""".formatted(token, value, value),
                                """
                                        {"KV_GET":{"tkn":%s,"keys":["a","b"]}}""".formatted(token),
                                """
                                        {"KV_GET":{"tkn":%s,"keys":["b"]}}""".formatted(token),
                                """
                                        {"KV_GET":{"tkn":%s,"keys":["b","a"]}}""".formatted(token),
                                """
                                        {"KV_COUNT":{"tkn":%s}}""".formatted(token)),
                        100))
                .texts();

        String refused = """
                        {"KV_GET_RSP":{"st":202,"tkn":%s,"m":"%s"}}""".formatted(token, Messages.answerTooLarge(1000));
        assertThat(replies).element(2).isEqualTo(refused);
        assertThat(replies).element(3).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":%s,"keys":{"b":%s}}}""".formatted(token, value));
        assertThat(replies).element(4).isEqualTo(refused);
        assertThat(replies).element(5).isEqualTo("""
                {"KV_COUNT_RSP":{"tkn":%s,"st":1,"cnt":2}}""".formatted(token));
    }

    /**
     * The configuration promises that a reply may have twice the size of a message plus 64 KiB. So no SH_EXISTS may
     * need more.
     */
    @Test
    void shouldAnswerExistsForAsManyTokensAsAMessageHolds() throws TimeoutException {
        // The first random token has a single digit, so this is the largest number of tokens that fits.
        nextToken = 1;
        String made = """
                {"SH_NEW":{"name":"n"}}""";
        String message = """
                {"SH_EXISTS":{"tkns":[%s1]}}""".formatted("1,".repeat(500_000));
        deployStores(2 * message.length() + 65_536);
        TestGateway gateway = deployGateway("gateway");
        CommandRunner model = new CommandRunner().session(1);
        await(gateway.send(List.of(made), 1));

        String reply = await(gateway.send(List.of(message), 1)).texts().get(0);
        assertThat(reply.equals(model.run(message))).as(reply.substring(0, 100)).isTrue();
    }

    @Test
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "^FAIL failed")
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "^OVERFLOW failed")
    void shouldAnswerACommandThatThrowsAndGoOn() throws TimeoutException {
        deployStores(REPLY_BYTES_MAX);
        TestGateway gateway = deployGateway("gateway");
        String count = """
                {"KV_COUNT":{"tkn":18446744073709551615}}""";
        List<String> replies =
                await(gateway.send(List.of("""
                                        {"FAIL":{"tkn":18446744073709551615}}""", count, """
                                        {"OVERFLOW":{"tkn":18446744073709551615}}""", count), 4)).texts();

        String fault = """
                _RSP":{"st":1000,"tkn":18446744073709551615,"m":"%s"}}""".formatted(Messages.INTERNAL);
        String counted = """
                        {"KV_COUNT_RSP":{"st":100,"tkn":18446744073709551615,"m":"%s"}}""".formatted(Messages.NO_SESSION);
        assertThat(replies).containsExactly("{\"FAIL" + fault, counted, "{\"OVERFLOW" + fault, counted);
    }

    @Test
    @ExpectLog(from = BatchExecutor.class, level = Level.ERROR, message = "failed")
    void shouldAnswerAllRequestsIfTheExecutorFailsAndGoOn() throws TimeoutException {
        deployStores(REPLY_BYTES_MAX);
        TestGateway gateway = deployGateway("gateway");
        String token = Long.toUnsignedString(CommandRunner.sharedToken("n"));
        String large = """
                {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token);
        String count = """
                {"KV_COUNT":{"tkn":%s}}""".formatted(token);
        await(gateway.send(List.of("""
                                {"SH_NEW":{"name":"n","shared":true}}""", """
                                        {"KV_SET":{"tkn":%s,"keys":{"k":"%s"}}}""".formatted(token, "x".repeat(1_100_000))), 1));
        List<String> replies = await(gateway.send(List.of(large, count, """
                                {"FAIL_BESIDE":{"tkn":%s}}""".formatted(token), large, count), 5))
                .texts();

        String fault = """
                _RSP":{"st":1000,"tkn":%s,"m":"%s"}}""".formatted(token, Messages.INTERNAL);
        assertThat(replies.get(0)).as("executed before the failure").hasSizeGreaterThan(1_100_000);
        assertThat(replies.subList(1, 5))
                .containsExactly(
                        "{\"KV_COUNT" + fault, "{\"FAIL_BESIDE" + fault, "{\"KV_GET" + fault, "{\"KV_COUNT" + fault);
        assertThat(await(gateway.unanswered())).isZero();
        assertThat(await(gateway.send(List.of(count, large), 2)).texts())
                .element(0)
                .isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":%s,"st":1,"cnt":1}}""".formatted(token));
    }

    @Test
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "^FAIL_ALL failed")
    void shouldAnswerOnceIfAPartFails() throws TimeoutException {
        deployStores(REPLY_BYTES_MAX);
        TestGateway gateway = deployGateway("gateway");
        List<String> replies = await(
                        gateway.send(List.of("{\"SH_INFO_ALL\":{}}", "{\"FAIL_ALL\":{}}", "{\"SH_INFO_ALL\":{}}"), 3))
                .texts();

        String none = """
                {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":0,"totalKeys":0}}""";
        assertThat(replies).containsExactly(none, """
                                {"FAIL_ALL_RSP":{"st":1000,"tkn":null,"m":"%s"}}""".formatted(Messages.INTERNAL), none);
        assertThat(await(gateway.unanswered())).isZero();
    }

    @Test
    void shouldTakeTheTimeFromItsClock() throws TimeoutException {
        deployStores(REPLY_BYTES_MAX);
        TestGateway gateway = deployGateway("gateway");
        String token = Long.toUnsignedString(CommandRunner.sharedToken("n"));
        String count = """
                {"KV_COUNT":{"tkn":%s}}""".formatted(token);
        await(gateway.send(List.of("""
                                {"SH_NEW":{"name":"n","shared":true,"expiry":{"duration":10,"deleteSession":true}}}"""), 1));
        clock.advance(Duration.ofMillis(9_999));
        assertThat(await(gateway.send(List.of(count), 1)).texts().get(0)).contains("\"st\":1,");
        clock.advance(Duration.ofSeconds(10));
        assertThat(await(gateway.send(List.of(count), 1)).texts().get(0)).contains("\"st\":100,");
    }

    private void deployStores(int replyBytesMax) throws TimeoutException {
        for (int store = 0; store < STORES; store++) {
            await(vertx.deployVerticle(
                    new StoreVerticle(stores, store, clock, new StoreOptions(replyBytesMax, 50), workers, null)));
        }
    }

    private TestGateway deployGateway(String address) throws TimeoutException {
        List<Command> commands = new ArrayList<>(CommandRunner.COMMANDS);
        commands.add(new Failing("FAIL", false));
        commands.add(new Failing("OVERFLOW", true));
        commands.add(new FailingBeside());
        commands.add(new FailingScatter());
        TestGateway gateway = new TestGateway(address, stores, Commands.of(commands, Set.of()), new TokenSource() {
            @Override
            public long random() {
                long token = nextToken;
                nextToken = token + 1;
                return token;
            }

            @Override
            public long shared(byte[] name) {
                return CommandRunner.sharedToken(new String(name, UTF_8));
            }

            @Override
            public long ofKey(byte[] text, int from, int to) {
                throw new IllegalStateException("the server has sessions");
            }

            @Override
            public KeyOrder keyOrder() {
                return KeyOrder.random();
            }
        });
        await(vertx.deployVerticle(gateway));
        return gateway;
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }
}
