package dev.tessera.impl.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.CountCommand;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.PerKeyCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.work.WorkerOptions;
import dev.tessera.impl.work.WorkerQueue;
import dev.tessera.protocol.Status;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** A global key space over several stores, some of which fail, over a real event bus. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class SpreadKeysTest {

    private static final int STORES = 4;
    private static final int REPLY_BYTES_MAX = 100_000;
    private static final String OUTCOME_UNKNOWN = """
            {"st":201,"m":"%s\"""".formatted(Messages.PARTITIONS_FAILED);
    private static final String FAILED = """
            {"st":1000,"m":"%s"}}""".formatted(Messages.INTERNAL);
    /** The key at which the commands of this test fail. */
    private static final byte[] BAD = "bad".getBytes(UTF_8);

    private final StoreMap stores = new StoreMap(31, STORES);
    private final KeyedTokens tokens = new KeyedTokens("a secret of this test".getBytes(UTF_8));
    private TestGateway gateway;

    /** Stores its keys, and fails at {@link #BAD}. */
    private static final class Touch extends PerKeyCommand<Keys> {

        Touch(String name, Effect effect) {
            super(name, "Touches keys.", effect, KeysParameter.any("keys"), Shape.KEYS);
        }

        @Override
        protected void applyToKey(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
            if (Arrays.equals(named.text(), named.from(index), named.to(index), BAD, 0, BAD.length)) {
                throw new IllegalStateException("expected by the test: a part that fails");
            }
            byte[] one = {'1'};
            keys.put(named.text(), named.from(index), named.to(index), one, 0, 1);
            answers.status(named, index, Status.KEY_SET);
        }
    }

    /** Removes all keys, and fails at the owner of {@link #BAD}. */
    private static final class ClearUnlessBad extends CountCommand {

        ClearUnlessBad() {
            super("CLEAR", "Clears.", Effect.WRITE);
        }

        @Override
        protected long apply(KeySpace keys) {
            if (keys.contains(BAD, 0, BAD.length)) {
                throw new IllegalStateException("expected by the test: a part that fails");
            }
            return keys.clear();
        }
    }

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        BatchBus.prepare(vertx.eventBus());
        WorkerQueue workers = new WorkerQueue(new WorkerOptions(1, 16, 0, 10_000));
        for (int store = 0; store < STORES; store++) {
            await(vertx.deployVerticle(new StoreVerticle(
                    stores, store, Clock.systemUTC(), new StoreOptions(REPLY_BYTES_MAX, 1000), workers, null)));
        }
        List<Command> commands =
                new ArrayList<>(CommandRunner.commands(new SearchLimits(10_000, 12, 10_000, 1000, 64, 1000, 1000)));
        commands.add(new Touch("TOUCH", Effect.WRITE));
        commands.add(new Touch("LOOK", Effect.READ));
        commands.add(new ClearUnlessBad());
        gateway = new TestGateway(
                "gateway", stores, Commands.withoutSessions(commands, Set.of()), tokens, REPLY_BYTES_MAX);
        await(vertx.deployVerticle(gateway));
    }

    @Test
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "^TOUCH failed")
    void shouldNameTheKeysOfThePartThatFailed() throws Exception {
        List<String> keys = Stream.concat(keys(20), Stream.of("bad")).toList();
        List<String> lost =
                keys.stream().filter(key -> storeOf(key) == storeOf("bad")).toList();

        assertThat(ask("TOUCH", keys)).isEqualTo("""
                        {"TOUCH_RSP":%s,"notApplied":[%s]}}""".formatted(OUTCOME_UNKNOWN, quoted(lost)));
        assertThat(lost).hasSizeBetween(2, 19);
        List<String> applied = keys.stream().filter(key -> !lost.contains(key)).toList();
        assertThat(ask("KV_CONTAINS", applied)).isEqualTo("""
                        {"KV_CONTAINS_RSP":{"st":1,"keys":{%s}}}""".formatted(
                        applied.stream().map(key -> "\"" + key + "\":true").collect(Collectors.joining(","))));
    }

    @Test
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "^TOUCH failed")
    void shouldAnswerTheFailureIfAllPartsFailAlike() throws Exception {
        List<String> withBad = Stream.concat(keys(100).filter(key -> storeOf(key) == storeOf("bad")), Stream.of("bad"))
                .toList();

        assertThat(withBad).hasSizeGreaterThan(1);
        assertThat(ask("TOUCH", withBad)).isEqualTo("{\"TOUCH_RSP\":" + FAILED);
        assertThat(ask("TOUCH", List.of("bad"))).isEqualTo("{\"TOUCH_RSP\":" + FAILED);
    }

    @Test
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "^LOOK failed")
    void shouldAnswerTheFailureToACommandThatOnlyReads() throws Exception {
        assertThat(ask("LOOK", Stream.concat(keys(20), Stream.of("bad")).toList()))
                .isEqualTo("{\"LOOK_RSP\":" + FAILED);
    }

    @Test
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "^CLEAR failed")
    void shouldReportAnUnknownOutcomeIfAPartOfAClearFails() throws Exception {
        await(gateway.send(
                List.of("""
                        {"KV_SET":{"keys":{"bad":1,%s}}}""".formatted(keys(20).map(key -> "\"" + key + "\":1").collect(Collectors.joining(",")))), 1));

        assertThat(ask("{\"CLEAR\":{}}")).isEqualTo("{\"CLEAR_RSP\":" + OUTCOME_UNKNOWN + "}}");
        assertThat(ask("KV_CONTAINS", List.of("bad"))).contains("\"bad\":true");
        assertThat(ask("""
                {"KV_RMV":{"keys":["bad"]}}""")).isEqualTo("""
                {"KV_RMV_RSP":{"bad":24}}""");
        assertThat(ask("{\"CLEAR\":{}}")).matches("""
                \\{"CLEAR_RSP":\\{"st":1,"cnt":\\d+}}""");
        assertThat(ask("{\"KV_COUNT\":{}}")).isEqualTo("""
                {"KV_COUNT_RSP":{"st":1,"cnt":0}}""");
    }

    @Test
    void shouldBoundTheGatheredAnswer() throws Exception {
        List<String> spread = IntStream.range(0, STORES)
                .mapToObj(store -> keys(100)
                        .filter(key -> storeOf(key) == store)
                        .findFirst()
                        .orElseThrow())
                .toList();
        String value = "\"" + "v".repeat(REPLY_BYTES_MAX / 3) + "\"";
        for (String key : spread) {
            assertThat(ask("""
                    {"KV_SET":{"keys":{"%s":%s}}}""".formatted(key, value))).contains("20");
        }

        assertThat(ask("KV_GET", spread.subList(0, 2))).contains(value + ",").endsWith(value + "}}}");
        assertThat(ask("KV_GET", spread)).isEqualTo("""
                        {"KV_GET_RSP":{"st":202,"m":"%s"}}""".formatted(Messages.answerTooLarge(REPLY_BYTES_MAX)));
        assertThat(ask("{\"KV_COUNT\":{}}")).isEqualTo("""
                {"KV_COUNT_RSP":{"st":1,"cnt":%s}}""".formatted(STORES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys", "paths", "kv"})
    void shouldSearchAllStores(String form) throws Exception {
        for (String key : keys(12).toList()) {
            ask("""
                    {"KV_SET":{"keys":{"%s":{"a":"%s"}}}}""".formatted(key, key));
        }
        String all = ask("""
                {"KV_FIND":{"rsp":"%s","path":"$.a"}}""".formatted(form));
        String some = ask("""
                        {"KV_FIND":{"rsp":"%s","path":"$.a","keys":["k7","none","k3","k9"]}}""".formatted(form));

        String[] expected = switch (form) {
            case "keys" -> new String[] {"keys\":[", "\"k7\"", "\"k3\"", "\"k9\"", "]}}"};
            case "paths" -> new String[] {"paths\":[", "\"$['a']\"", "\"$['a']\"", "\"$['a']\"", "]}}"};
            default -> new String[] {"keys\":{", """
                            "k7":{"a":"k7"}""", """
                            "k3":{"a":"k3"}""", """
                            "k9":{"a":"k9"}""", "}}}"};
        };
        assertThat(some).isEqualTo("""
                        {"KV_FIND_RSP":{"st":1,"%s%s,%s,%s%s""".formatted(expected[0], expected[1], expected[2], expected[3], expected[4]));
        assertThat(all)
                .startsWith("""
                        {"KV_FIND_RSP":{"st":1,"%s""".formatted(expected[0]))
                .endsWith(expected[4])
                .contains(expected[1], expected[2], expected[3]);
        assertThat(all.split(",")).hasSize(13);
    }

    @Test
    void shouldBoundTheResultsOfAllStoresTogether() throws Exception {
        for (String key : keys(13).toList()) {
            ask("""
                    {"KV_SET":{"keys":{"%s":{"a":1}}}}""".formatted(key));
        }

        assertThat(ask("""
                {"KV_FIND":{"rsp":"keys","path":"$.a"}}""")).isEqualTo("""
                        {"KV_FIND_RSP":{"st":202,"m":"%s"}}""".formatted(BudgetExceededException.tooManyResults(12)));
        assertThat(keys(13).map(this::storeOf).distinct()).hasSizeGreaterThan(1);
    }

    private static Stream<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i);
    }

    private int storeOf(String key) {
        byte[] text = key.getBytes(UTF_8);
        return stores.storeOf(tokens.ofKey(text, 0, text.length));
    }

    private static String quoted(List<String> keys) {
        return keys.stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(","));
    }

    private String ask(String command, List<String> keys) throws Exception {
        return ask("""
                {"%s":{"keys":[%s]}}""".formatted(command, quoted(keys)));
    }

    private String ask(String message) throws Exception {
        return await(gateway.send(List.of(message), 1)).texts().get(0);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }
}
