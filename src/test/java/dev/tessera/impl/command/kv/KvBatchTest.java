package dev.tessera.impl.command.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Later;
import dev.tessera.impl.command.Preparation;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import dev.tessera.testing.OnePartition;
import dev.tessera.testing.SteppedClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class KvBatchTest {

    private static final long TOKEN = 7;
    private static final long NOW_MS = CommandRunner.NOW_MS;
    private static final int REPLY_BYTES_MAX = 100_000;
    /** A search for it takes longer than the time that slow commands have on the owner's thread. */
    private static final String LARGE = "[" + "1,".repeat(400_000) + "2]";

    private static final String SLOW = """
            {"KV_UPDATE":{"key":"large","path":"$[?@ == 2 && match('aaaaaaaaaaaaaaaa','(a|b)*')]","value":%d}}""";

    private final List<String> changes = new ArrayList<>();
    private final MemoryBudget budget = new MemoryBudget(limits(19_500_000, 1000), 1);
    private final MemoryAccount memory = new MemoryAccount(budget);
    private final Partition partition = new Partition(
            (kind, session, keyRecord, revision) -> {
                if (kind != ChangeKind.APPLIED) {
                    changes.add(kind + (keyRecord == null ? "" : " " + entry(keyRecord)) + " " + revision);
                }
            },
            memory);
    private final OnePartition partitions = new OnePartition(partition, null);
    private final Session session = partition.create(TOKEN, new byte[] {'s'}, false, Expiry.NEVER, NOW_MS);
    private final RequestDecoder decoder = decoder(10_000);
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);
    private long nowMs = NOW_MS;

    private static DataLimits limits(long bytesMax, int keysMax) {
        return new DataLimits(bytesMax, Long.MAX_VALUE, keysMax, false);
    }

    private static RequestDecoder decoder(long updateMs) {
        return decoder(updateMs, System::nanoTime);
    }

    private static RequestDecoder decoder(long updateMs, LongSupplier nanoClock) {
        return new RequestDecoder(
                Commands.of(
                        CommandRunner.commands(
                                new SearchLimits(10_000, 1000, updateMs, 1_000_000, 64, 1_000_000, 1_000, nanoClock)),
                        List.of()),
                64);
    }

    /** Everything that a batch that fails must leave as it was. */
    private record State(List<String> records, long memory, long revision, long lastRevision, long heldKeys) {}

    private State state() {
        List<String> records = new ArrayList<>();
        session.keys()
                .forEachHeld(keyRecord -> records.add(
                        entry(keyRecord) + "@" + KeyRecord.revision(keyRecord) + "-" + KeyRecord.endMs(keyRecord)));
        return new State(
                records,
                memory.usedBytes(),
                session.revision(),
                partition.revisions().last(),
                partition.heldKeys());
    }

    private static String entry(byte[] keyRecord) {
        int from = KeyRecord.keyFrom(keyRecord);
        int to = KeyRecord.keyTo(keyRecord);
        return new String(keyRecord, from, to - from, UTF_8) + "="
                + new String(keyRecord, to, Math.min(20, keyRecord.length - to), UTF_8);
    }

    private String batch(String... commands) {
        return run("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + String.join(",", commands) + "]}}");
    }

    private String run(String message) {
        Request request = decode(message);
        Later later = execute(request, null);
        while (later instanceof Preparation preparation) {
            preparation.run(() -> false);
            later = execute(request, preparation);
        }
        partition.checkInvariants();
        return answered();
    }

    private Request decode(String message) {
        return decode(decoder, message);
    }

    private static Request decode(RequestDecoder by, String message) {
        try {
            byte[] text = message.getBytes(UTF_8);
            Request request = by.decode(text, 0, text.length);
            assertThat(request.fault()).isNull();
            return request;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private @Nullable Later execute(Request request, @Nullable Preparation prepared) {
        answer.prepare(prepared);
        return AnswerGuard.execute(request, partitions, nowMs, out, answer, REPLY_BYTES_MAX);
    }

    private String answered() {
        return new String(out.take(0), UTF_8);
    }

    @Test
    void shouldReportOneChangeForEachKeyWithOneRevision() {
        run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":1}}}""");
        changes.clear();

        batch("""
                {"KV_SET":{"keys":{"a":2,"c":1}}}""", """
                {"KV_UPDATE":{"key":"a","path":"$","value":3}}""", """
                {"KV_RMV":{"keys":["b"]}}""");

        long revision = session.revision();
        assertThat(changes)
                .containsExactly("UPDATED a=3 " + revision, "REMOVED b=1 " + revision, "SET c=1 " + revision);
    }

    @Test
    void shouldExpireKeysBeforeTheBatchEvenIfItFails() {
        put("old", "1", NOW_MS + 1000);
        put("other", "1", NOW_MS + 1000);
        nowMs += 1000;
        changes.clear();

        String reply = batch("""
                {"KV_ADD":{"keys":{"old":2}}}""", tooLarge());

        assertThat(reply).contains("\"st\":202", "\"at\":1");
        assertThat(changes).singleElement().asString().startsWith("KEY_EXPIRED old=1");
        assertThat(run("""
                {"KV_GET":{"tkn":7,"keys":["old"]}}""")).contains("null");
    }

    /** Returns a command that fails when it runs: the value becomes too large. */
    private static String tooLarge() {
        return """
                {"KV_UPDATE":{"key":"huge","path":"$[*]","value":"%s"}}""".formatted("x".repeat(600));
    }

    private void put(String key, String value, long endMs) {
        byte[] text = key.getBytes(UTF_8);
        byte[] json = value.getBytes(UTF_8);
        partition.use(session, nowMs, keys -> keys.put(text, 0, text.length, json, 0, json.length, endMs));
        if (!"huge".equals(key)) {
            putHuge();
        }
    }

    private void putHuge() {
        put("huge", "[" + "1,".repeat(1999) + "1]", KeyRecord.NO_END);
    }

    @Test
    void shouldKeepFurtherMembersOfTheErrorAndTheRequestId() {
        putHuge();

        assertThat(run("""
                {"KV_BATCH":{"rid":"x","tkn":7,"cmds":[{"KV_COUNT":{}},%s]}}""".formatted(tooLarge())))
                .startsWith("{\"KV_BATCH_RSP\":{\"st\":202,\"tkn\":7,\"m\":\"")
                .endsWith("\"at\":1,\"rid\":\"x\"}}");
    }

    @Test
    void shouldApplyNothingIfTheAnswerIsTooLarge() {
        put("a", "\"" + "x".repeat(60_000) + "\"", KeyRecord.NO_END);
        changes.clear();
        State before = state();

        String get = """
                {"KV_GET":{"keys":["a"]}}""";
        String reply = batch("""
                {"KV_SET":{"keys":{"b":1}}}""", get, get);

        assertThat(reply).contains("\"st\":202", Messages.answerTooLarge(REPLY_BYTES_MAX));
        assertThat(state()).isEqualTo(before);
        assertThat(changes).isEmpty();
    }

    /** The last bytes of a reply follow the last command. */
    @Test
    void shouldApplyNothingIfOnlyTheEndOfTheAnswerIsTooLarge() {
        int tooLarge = 0;
        for (int length = REPLY_BYTES_MAX - 220; length < REPLY_BYTES_MAX - 120; length++) {
            put("a", "\"" + "x".repeat(length) + "\"", KeyRecord.NO_END);
            State before = state();

            String reply = run("""
                    {"KV_BATCH":{"tkn":7,"revs":true,"rid":"%s","cmds":[{"KV_SET":{"keys":{"b":%d}}},\
                    {"KV_GET":{"keys":["a"]}}]}}""".formatted("i".repeat(40), length));

            assertThat(reply.contains("\"st\":202")).isEqualTo(state().equals(before));
            tooLarge += reply.contains("\"st\":202") ? 1 : 0;
        }
        assertThat(tooLarge).isBetween(1, 99);
    }

    @Test
    void shouldCountTheKeysOfTheSessionDuringTheBatch() {
        StringBuilder keys = new StringBuilder("\"k0\":0");
        for (int i = 1; i < 999; i++) {
            keys.append(",\"k").append(i).append("\":0");
        }
        run("{\"KV_SET\":{\"tkn\":7,\"keys\":{" + keys + "}}}");
        State before = state();

        assertThat(batch("""
                {"KV_SET":{"keys":{"a":1}}}""", """
                {"KV_SET":{"keys":{"b":1}}}""")).contains("\"st\":205", Messages.TOO_MANY_KEYS, "\"at\":1");
        assertThat(state()).isEqualTo(before);
        assertThat(batch("""
                {"KV_RMV":{"keys":["k0"]}}""", """
                {"KV_SET":{"keys":{"a":1}}}""", """
                {"KV_SET":{"keys":{"b":1}}}""")).contains("\"st\":1");
    }

    @Test
    void shouldRefuseWhatDoesNotFitIntoTheMemory() {
        String value = "\"" + "x".repeat(900_000) + "\"";
        for (int i = 0; i < 20; i++) {
            run("{\"KV_SET\":{\"tkn\":7,\"keys\":{\"k" + i + "\":" + value + "}}}");
        }
        State before = state();

        assertThat(batch("""
                {"KV_SET":{"keys":{"small":1}}}""", "{\"KV_SET\":{\"keys\":{\"a\":" + value + ",\"b\":" + value + "}}}"))
                .contains("\"st\":205", Messages.MEMORY_FULL, "\"at\":1");
        assertThat(state()).isEqualTo(before);
        assertThat(batch("""
                {"KV_RMV":{"keys":["k0"]}}""", """
                {"KV_COUNT":{}}""")).contains("\"st\":1");
        assertThat(memory.usedBytes()).isLessThan(before.memory);
    }

    @Test
    void shouldHaveTheEffectOfItsCommands() {
        assertThat(effect("""
                {"KV_GET":{"keys":["a"]}}""")).isEqualTo(Effect.READ);
        assertThat(effect("""
                {"KV_GET":{"keys":["a"]}},{"KV_CLEAR":{}}""")).isEqualTo(Effect.REMOVE);
        assertThat(effect("""
                {"KV_RMV":{"keys":["a"]}},{"KV_SET":{"keys":{"a":1}}},{"KV_GET":{"keys":["a"]}}""")).isEqualTo(Effect.WRITE);
    }

    private Effect effect(String commands) {
        Request request = decode("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + commands + "]}}");
        return request.command().effect(request);
    }

    @Test
    void shouldLeaveASlowBatchToAWorkerAndChangeNothingMeanwhile() {
        put("large", LARGE, KeyRecord.NO_END);
        put("first", "1", KeyRecord.NO_END);
        changes.clear();
        State before = state();

        Request request = decode("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[{\"KV_SET\":{\"keys\":{\"first\":2}}},"
                + SLOW.formatted(3) + ",{\"KV_RMV\":{\"keys\":[\"first\"]}},{\"KV_SET\":{\"keys\":{\"new\":1}}}]}}");
        Preparation preparation = (Preparation) execute(request, null);
        long budgeted = budget.usedBytes();
        preparation.run(() -> false);
        assertThat(state().records).isEqualTo(before.records);
        assertThat(budget.usedBytes()).isEqualTo(budgeted);
        assertThat(changes).isEmpty();
        assertThat(execute(request, preparation)).isNull();

        assertThat(answered()).isEqualTo("""
                {"KV_BATCH_RSP":{"tkn":7,"st":1,"rsps":[{"KV_SET_RSP":{"keys":{"first":21}}},\
                {"KV_UPDATE_RSP":{"st":1,"key":"large","cnt":1}},{"KV_RMV_RSP":{"first":24}},\
                {"KV_SET_RSP":{"keys":{"new":20}}}]}}""");
        long revision = session.revision();
        assertThat(changes)
                .containsExactly(
                        "REMOVED first=1 " + revision,
                        "UPDATED large=[1,1,1,1,1,1,1,1,1,1 " + revision,
                        "SET new=1 " + revision);
        partition.checkInvariants();
    }

    @Test
    void shouldRunAgainIfTheSessionHasChangedAndGiveUpAtLast() {
        put("large", LARGE, KeyRecord.NO_END);
        Request request = decode("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + SLOW.formatted(3) + "]}}");

        Later later = execute(request, null);
        int attempts = 0;
        while (later instanceof Preparation preparation) {
            preparation.run(() -> false);
            attempts++;
            put("other", "1", KeyRecord.NO_END);
            later = execute(request, preparation);
        }

        assertThat(answered()).contains("\"st\":203", Messages.batchOvertaken(attempts), "\"at\":0");
    }

    @Test
    void shouldLetAllAttemptsShareOneTime() {
        put("large", LARGE, KeyRecord.NO_END);
        SteppedClock clock = new SteppedClock();
        clock.stepMs(1);
        Request request =
                decode(decoder(10_000, clock), "{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + SLOW.formatted(3) + "]}}");

        Later later = execute(request, null);
        int attempts = 0;
        while (later instanceof Preparation preparation) {
            preparation.run(clock.advanceOnce(4_000));
            attempts++;
            put("other", "1", KeyRecord.NO_END);
            later = execute(request, preparation);
        }

        assertThat(attempts).isEqualTo(3);
        assertThat(answered()).contains("\"st\":203", BudgetExceededException.tookTooLong(10_000), "\"at\":0");
    }

    @Test
    void shouldUndoEverythingIfTheTimeOfAllSlowCommandsHasRunOut() {
        put("large", LARGE, KeyRecord.NO_END);
        changes.clear();
        State before = state();

        Request request = decode(
                decoder(2),
                "{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[{\"KV_SET\":{\"keys\":{\"a\":1}}}," + SLOW.formatted(3) + "]}}");
        Preparation preparation = (Preparation) execute(request, null);
        preparation.run(() -> false);
        assertThat(execute(request, preparation)).isNull();

        assertThat(answered()).contains("\"st\":203", "\"at\":1");
        assertThat(state().records).isEqualTo(before.records);
        assertThat(state().revision).isEqualTo(before.revision);
        assertThat(state().lastRevision).isEqualTo(before.lastRevision);
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldBoundTheJournalByOneResultForEachKey() {
        String increment = """
                {"KV_INCR":{"keys":{"a":1}}}""";
        Request one = decode("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + increment + "]}}");
        Request ten = decode("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + increment + ("," + increment).repeat(9) + "]}}");

        assertThat(ten.command().changeBytesMax(ten, partitions))
                .isLessThan(2 * one.command().changeBytesMax(one, partitions));
    }

    @Test
    void shouldNotMakeMoreInPlaceThanTheJournalHasReserved() {
        for (String key : List.of("a", "b", "c")) {
            put(key, "{\"x\":\"" + "x".repeat(100_000) + "\"}", KeyRecord.NO_END);
        }
        changes.clear();
        State before = state();
        String grow = """
                {"KV_PATCH":{"key":"%s","ops":[{"op":"copy","from":"/x","path":"/y"},\
                {"op":"copy","from":"/x","path":"/z"},{"op":"copy","from":"/x","path":"/w"}]}}""";

        assertThat(batch("""
                {"KV_MERGE":{"keys":{"a":{},"b":{},"c":{}}}}""", grow.formatted("a"), grow.formatted("b"), grow.formatted("c"), """
                {"KV_COUNT":{}}"""))
                .contains("\"st\":202", Messages.changesTooLarge(1_000_000), "\"at\":3");
        assertThat(state().records).isEqualTo(before.records);
        assertThat(state().lastRevision).isEqualTo(before.lastRevision);
        assertThat(changes).isEmpty();
        assertThat(batch(grow.formatted("a"), grow.formatted("b"), """
                {"KV_RMV":{"keys":["b"]}}""", grow.formatted("c")))
                .contains("\"st\":1");
    }

    @Test
    void shouldReserveTheJournalForOneResultAtMost() {
        StringBuilder many = new StringBuilder("{\"KV_INCR\":{\"keys\":{\"k\":1}}}");
        for (int i = 0; i < 50; i++) {
            many.append(",{\"KV_INCR\":{\"keys\":{\"k").append(i).append("\":1}}}");
        }
        Request request = decode("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + many + "]}}");

        assertThat(request.command().changeBytesMax(request, partitions)).isLessThan(1_000_000 + 51 * 200);
    }

    @Test
    void shouldCountTheSamePlaceAgain() {
        String increment = """
                {"KV_INCR":{"keys":{"a":0.1}}}""";

        assertThat(batch(increment, increment, increment)).endsWith("{\"KV_INCR_RSP\":{\"keys\":{\"a\":0.3}}}]}}");
        assertThat(changes).last().asString().startsWith("SET a=0.3 ");
    }

    @Test
    void shouldRefuseTooManyCommandsWhenTheyAreDecoded() throws Exception {
        String commands = "{\"KV_COUNT\":{}}" + ",{\"KV_COUNT\":{}}".repeat(CommandRunner.BATCHED_COMMANDS);
        byte[] text = ("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + commands + "]}}").getBytes(UTF_8);

        assertThat(decoder.decode(text, 0, text.length).fault())
                .isEqualTo(new Fault(
                        Status.LIMIT_EXCEEDED, Messages.tooManyCommands("cmds", CommandRunner.BATCHED_COMMANDS)));
    }

    @Test
    void shouldReturnTheRevisionOfTheBatchOrTheOneBeforeIfNothingChanges() {
        String set = "{\"KV_SET\":{\"keys\":{\"a\":1}}}";
        String remove = "{\"KV_RMV\":{\"keys\":[\"a\"]}}";

        String reply = run("{\"KV_BATCH\":{\"tkn\":7,\"revs\":true,\"cmds\":[" + set + "]}}");
        assertThat(reply).endsWith("],\"rev\":" + session.revision() + "}}");
        run("{\"KV_BATCH\":{\"tkn\":7,\"cmds\":[" + remove + "]}}");
        long before = session.revision();
        reply = run("{\"KV_BATCH\":{\"tkn\":7,\"revs\":true,\"cmds\":[" + set + "," + remove + "]}}");
        assertThat(reply).endsWith("],\"rev\":" + before + "}}");
        assertThat(session.revision()).isEqualTo(before);
    }

    @Test
    void shouldListManyKeysOnAWorker() {
        for (int i = 0; i < 11_000; i++) {
            byte[] text = ("k" + i).getBytes(UTF_8);
            partition.use(session, nowMs, keys -> keys.put(text, 0, text.length, new byte[] {'1'}, 0, 1));
        }

        assertThat(batch("""
                {"KV_RMV":{"keys":["k0"]}}""", """
                {"KV_KEYS":{}}""", """
                {"KV_COUNT":{}}"""))
                .contains("\"rsps\":[{\"KV_RMV_RSP\":{\"k0\":24}},{\"KV_KEYS_RSP\":{\"st\":1,\"keys\":[\"k1\",\"k2\",")
                .endsWith("{\"KV_COUNT_RSP\":{\"st\":1,\"cnt\":10999}}]}}");
        assertThat(session.keys().size()).isEqualTo(10_999);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldDoAllOrNothingAsTheCommandsAloneDo(long seed) {
        Random random = new Random(seed);
        KvBatchTest alone = new KvBatchTest();
        for (int i = 0; i < 400; i++) {
            nowMs += random.nextInt(200);
            alone.nowMs = nowMs;
            boolean fails = random.nextInt(3) == 0;
            List<String> commands = new ArrayList<>();
            int count = 1 + random.nextInt(10);
            int failsAt = random.nextInt(count);
            for (int c = 0; c < count; c++) {
                commands.add(fails && c == failsAt ? tooLarge() : command(random, fails));
            }
            putHuge();
            alone.putHuge();
            // Expiries happen in any case, before the batch.
            partition.sweep(nowMs, 1000);
            alone.partition.sweep(nowMs, 1000);
            changes.clear();
            State before = state();
            String reply = batch(commands.toArray(String[]::new));
            if (fails) {
                assertThat(reply).contains("\"st\":202", "\"at\":" + failsAt);
                assertThat(state()).isEqualTo(before);
                assertThat(changes).isEmpty();
                continue;
            }
            List<String> replies = new ArrayList<>();
            for (String command : commands) {
                String one =
                        alone.run(command.replaceFirst(":\\{", ":{\"tkn\":7,").replace(",}", "}"));
                replies.add(one.isEmpty() ? "null" : one.replace("\"tkn\":7,", ""));
            }
            assertThat(reply)
                    .isEqualTo("{\"KV_BATCH_RSP\":{\"tkn\":7,\"st\":1,\"rsps\":[" + String.join(",", replies) + "]}}");
            assertThat(withoutRevisions(state())).isEqualTo(withoutRevisions(alone.state()));
            assertThat(changes).allMatch(change -> change.endsWith(" " + session.revision()));
        }
    }

    private static List<String> withoutRevisions(State state) {
        return state.records.stream().map(one -> one.replaceAll("@\\d+", "")).toList();
    }

    private static String command(Random random, boolean keepsHuge) {
        String one = "k" + random.nextInt(20);
        String other = "k" + random.nextInt(20);
        int value = random.nextInt(1000);
        return switch (random.nextInt(40)) {
            case 0 -> keepsHuge ? "{\"KV_COUNT\":{}}" : "{\"KV_CLEAR\":{}}";
            case 1 ->
                "{\"KV_CLEAR_SET\":{\"keys\":{\"" + one + "\":" + value + ",\"huge\":[1" + ",1".repeat(1999) + "]}}}";
            case 2, 3, 4 -> "{\"KV_KEYS\":{}}";
            case 5 -> "{\"KV_COUNT\":{}}";
            case 6, 7, 8, 9, 10, 11, 12, 13 -> "{\"KV_RMV\":{\"keys\":[\"" + one + "\",\"" + other + "\"]}}";
            case 14, 15 -> "{\"KV_GET\":{\"keys\":[\"" + one + "\"]}}";
            case 16, 17 -> "{\"KV_ADD\":{\"keys\":{\"" + one + "\":" + value + "}}}";
            case 18, 19 -> "{\"KV_ADDQ\":{\"keys\":{\"" + one + "\":" + value + "}}}";
            case 20, 21, 22 -> "{\"KV_UPDATE\":{\"key\":\"" + one + "\",\"path\":\"$\",\"value\":[" + value + "]}}";
            case 23 -> "{\"KV_SETQ\":{\"keys\":{\"" + one + "\":" + value + "}}}";
            case 32 -> "{\"KV_APPEND\":{\"keys\":{\"list\":[" + value + "]},\"max\":3}}";
            case 33, 34 -> "{\"KV_MERGE\":{\"keys\":{\"object\":{\"" + one + "\":" + value + "}}}}";
            case 35, 36 -> "{\"KV_INCR\":{\"keys\":{\"count\":" + value + "}}}";
            case 24, 25, 26, 27 -> "{\"KV_EXPIRE\":{\"keys\":[\"" + one + "\"],\"ttl\":" + random.nextInt(3) + "}}";
            default ->
                "{\"KV_SET\":{\"keys\":{\"" + one + "\":" + value + ",\"" + other + "\":0" + ",\"huge\":[1"
                        + ",1".repeat(1999) + "]}}}";
        };
    }
}
