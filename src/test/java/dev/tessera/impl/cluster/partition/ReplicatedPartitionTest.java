package dev.tessera.impl.cluster.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.cluster.simulation.Dump;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.transfer.ExportCommand;
import dev.tessera.impl.command.transfer.ExportQuery;
import dev.tessera.impl.event.ChangePublisher;
import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.server.TesseraCommands;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RandomJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.MODEL)
class ReplicatedPartitionTest {

    private static final KeyOrder ORDER = KeyOrder.under(new byte[32]);

    private static final DispatcherId ONE = new DispatcherId(0, 1);
    private static final DispatcherId OTHER = new DispatcherId(0, 2);
    private static final int PARTITION = 3;
    private static final long KEEP_MS = 1000;

    private final AtomicLong wallMs = new AtomicLong(1_800_000_000_000L);
    private final AtomicLong monotonicMs = new AtomicLong();
    private final AtomicLong states = new AtomicLong();
    private MemoryBudget memory = MemoryBudget.unlimited();
    private long nanosPerRead;
    private long nanos = 1;
    private final ReplicatedPartition owner = new ReplicatedPartition(ORDER);
    private final ReplicatedPartition copy = new ReplicatedPartition(ORDER);
    private @Nullable Supplier<Outbox> outboxes;
    private BatchRunner runner = runner(Configuration.defaults());

    @Test
    void shouldBringCopiesToTheSameStateAsTheOwner() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomJson json = new RandomJson(random);
        for (int number = 1; number < 300; number++) {
            wallMs.addAndGet(random.nextInt(3000));
            List<String> texts = new ArrayList<>();
            for (int count = random.nextInt(5); count >= 0; count--) {
                texts.add(randomCommand(random, json));
            }
            apply(execute(ONE, number, texts.toArray(String[]::new)));
            assertThat(Dump.of(copy.partition()))
                    .as("seed %d, batch %d", seed, number)
                    .isEqualTo(Dump.of(owner.partition()));
        }
        copy.partition().checkInvariants();
        owner.partition().checkInvariants();
        ReplicatedPartition merged = ReplicatedPartition.merged(copy, moved(owner), runner.host());
        merged.partition().checkInvariants();
        assertThat(Dump.of(merged.partition())).as("seed %d", seed).isEqualTo(Dump.of(owner.partition()));
        assertThat(merged.partition().revisions().last())
                .isGreaterThan(owner.partition().revisions().last());
        assertThat(Dump.of(moved(owner).partition())).as("seed %d", seed).isEqualTo(Dump.of(owner.partition()));
    }

    private static String randomCommand(Random random, RandomJson json) {
        String tkn = "\"tkn\":" + random.nextInt(4);
        String entries = """
                {"k%s":%s,"k%s":%s}""".formatted(random.nextInt(20), json.value(3), random.nextInt(20), json.value(2));
        return switch (random.nextInt(20)) {
            case 13 -> """
                    {"KV_MERGE":{%s,"keys":{"k%s":{"a":1,"b":null},"n%s":{}},"ttl":"keep"}}""".formatted(tkn, random.nextInt(20), random.nextInt(5));
            case 14 -> """
                    {"KV_INCR":{%s,"keys":{"n%s":1,"m":0.5},"path":"$.n","ttlNew":%d.5}}""".formatted(tkn, random.nextInt(5), random.nextInt(4));
            case 15 -> """
                    {"KV_APPEND":{%s,"keys":{"l":[1,2]},"max":3}}""".formatted(tkn);
            case 16 -> """
                    {"KV_SET":{%s,"keys":%s,"if":{"k%s":0}}}""".formatted(tkn, entries, random.nextInt(20));
            case 17, 18, 19 -> """
                    {"KV_BATCH":{%s,"cmds":[%s]}}""".formatted(tkn, batchedCommands(random, entries));
            case 0 -> """
                        {"SH_NEW":{"name":"a","expiry":{"duration":%s,"deleteSession":%s}}}""".formatted((1 + random.nextInt(9)), random.nextBoolean());
            case 1 -> """
                    {"SH_NEW":{"name":"b"}}""";
            case 2 -> random.nextInt(5) == 0 ? "{\"SH_END\":{" + tkn + "}}" : "{\"KV_KEYS\":{" + tkn + "}}";
            case 3 -> """
                    {"KV_RMV":{%s,"keys":["k%s"]}}""".formatted(tkn, random.nextInt(20));
            case 4 -> random.nextInt(3) == 0 ? """
                                {"KV_CLEAR_SET":{%s,"keys":%s}}""".formatted(tkn, entries) : "{\"SH_INFO_ALL\":{}}";
            case 9, 10 -> """
                        {"KV_SET":{%s,"keys":%s,"ttl":%d.5}}""".formatted(tkn, entries, random.nextInt(4));
            case 11 -> """
                        {"KV_EXPIRE":{%s,"keys":["k%s","k1"],"ttl":%d.25}}""".formatted(tkn, random.nextInt(20), random.nextInt(9));
            case 12 -> """
                        {"SH_EXPIRE":{%s,"expiry":{"duration":%d,"deleteSession":%s}}}""".formatted(tkn, random.nextInt(9), random.nextBoolean());
            case 5 -> """
                    {"KV_UPDATE":{%s,"key":"k1","path":"$","value":7}}""".formatted(tkn);
            default -> """
                    {"KV_SET":{%s,"keys":%s}}""".formatted(tkn, entries);
        };
    }

    private static String batchedCommands(Random random, String entries) {
        List<String> commands = new ArrayList<>();
        for (int count = random.nextInt(5); count >= 0; count--) {
            int number = random.nextInt(20);
            commands.add(
                    switch (random.nextInt(8)) {
                        case 0 -> "{\"KV_RMV\":{\"keys\":[\"k%d\",\"m\"]}}".formatted(number);
                        case 1 ->
                            "{\"KV_EXPIRE\":{\"keys\":[\"k%d\"],\"ttl\":%d}}".formatted(number, random.nextInt(4));
                        case 2 -> "{\"KV_INCR\":{\"keys\":{\"m\":1,\"k%d\":1},\"path\":\"$.n\"}}".formatted(number);
                        case 3 -> "{\"KV_SET\":{\"keys\":%s,\"ttl\":%d.5}}".formatted(entries, random.nextInt(4));
                        case 4 ->
                            random.nextInt(3) == 0
                                    ? "{\"KV_CLEAR\":{}}"
                                    : "{\"KV_APPEND\":{\"keys\":{\"l\":[%d]}}}".formatted(number);
                        default -> "{\"KV_SET\":{\"keys\":%s}}".formatted(entries);
                    });
        }
        return String.join(",", commands);
    }

    /** The clock of the new owner's node differs by an hour. */
    @Test
    void shouldKeepTheEndsOfKeysOnTheClockOfThePartition() throws Exception {
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}""", """
                {"KV_SET":{"tkn":0,"keys":{"k":1,"l":2},"ttl":60}}""", """
                {"KV_EXPIRE":{"tkn":0,"keys":["l"],"ttl":100}}"""));
        String ttl = """
                {"KV_TTL":{"tkn":0,"keys":["k","l"]}}""";
        String count = "{\"KV_COUNT\":{\"tkn\":0}}";

        wallMs.addAndGet(3_600_000);
        ReplicatedPartition taken = copy;
        taken.arrive(runner.host());
        wallMs.addAndGet(59_999);
        assertThat(text(taken.execute(batch(OTHER, 1, false, ttl), runner), 0)).contains("\"k\":1,\"l\":41");
        wallMs.addAndGet(1);
        assertThat(text(taken.execute(batch(OTHER, 2, false, ttl), runner), 0)).contains("\"k\":null,\"l\":40");
        assertThat(text(taken.execute(batch(OTHER, 3, false, count), runner), 0))
                .contains("\"cnt\":1");

        ReplicatedPartition next = moved(taken);
        wallMs.addAndGet(39_999);
        assertThat(text(next.execute(batch(OTHER, 4, false, ttl), runner), 0)).contains("\"l\":1");
        wallMs.addAndGet(1);
        assertThat(text(next.execute(batch(OTHER, 5, false, count), runner), 0)).contains("\"cnt\":0");
        assertThat(next.sweep(runner.host()).change())
                .as("the copies hear of the expiries")
                .isNotNull();
        assertThat(next.partition().heldKeys()).isZero();
    }

    @Test
    void shouldCopyGlobalKeys() throws Exception {
        runner = runner(Configuration.defaults().with(Settings.SESSIONS_ENABLED, false));
        apply(execute(ONE, 1, """
                {"KV_SET":{"keys":{"a":1,"b":2}}}""", """
                {"KV_RMV":{"keys":["a"]}}"""));

        assertThat(Dump.of(copy.partition())).contains("b2").isEqualTo(Dump.of(owner.partition()));
        assertThat(Dump.of(moved(owner).partition())).isEqualTo(Dump.of(owner.partition()));
    }

    @Test
    void shouldRefuseOnTheOwnerWhatDoesNotFitAndCountCopiesAlways() throws Exception {
        memory = new MemoryBudget(DataLimits.NONE.withBytesMax(20_000), 2);
        runner = runner(Configuration.defaults());
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}"""));
        String set = """
                {"KV_SET":{"tkn":0,"keys":{"%d":"%s"}}}""";
        long number = 1;
        ReplicatedPartition.Executed executed;
        do {
            number++;
            executed = execute(ONE, number, set.formatted(number, "v".repeat(1_000)));
            apply(executed);
        } while (text(executed, 0).contains(":20}"));

        assertThat(text(executed, 0)).contains("\"st\":205,");
        assertThat(memory.refused()).isEqualTo(1);
        assertThat(Dump.of(copy.partition())).isEqualTo(Dump.of(owner.partition()));
        apply(execute(ONE, number + 1, "{\"SH_END\":{\"tkn\":0}}"));
        assertThat(memory.sessions()).isZero();
        owner.partition().checkInvariants();
        copy.partition().checkInvariants();
        owner.leave();
        copy.leave();
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void shouldAnswerRepeatedBatchFromMemoryAndAskTheCopies() throws Exception {
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}"""));
        ReplicatedPartition.Executed first = execute(ONE, 2, """
                {"KV_ADD":{"tkn":0,"keys":{"k":1}}}""");
        ReplicatedPartition.Executed again = execute(ONE, 2, """
                {"KV_ADD":{"tkn":0,"keys":{"k":1}}}""");

        assertThat(again.result()).isEqualTo(first.result());
        assertThatThrownBy(() -> apply(again)).isInstanceOf(StaleCopyException.class);
        apply(first);
        apply(again);
    }

    @Test
    void shouldAnswerRepeatedBatchOnANewOwner() throws Exception {
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}"""));
        ReplicatedPartition.Executed first = execute(ONE, 2, """
                {"KV_ADD":{"tkn":0,"keys":{"k":1}}}""");
        apply(first);

        assertThat(copy.execute(batch(ONE, 2, false, """
                {"KV_ADD":{"tkn":0,"keys":{"k":1}}}"""), runner).result()).isEqualTo(first.result());
        assertThat(moved(owner).execute(batch(ONE, 2, false, """
                                {"KV_ADD":{"tkn":0,"keys":{"k":1}}}"""), runner).result())
                .isEqualTo(first.result());
    }

    @Test
    void shouldRefuseAChangeAfterAGap() throws Exception {
        execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}""");
        ReplicatedPartition.Executed second = execute(ONE, 2, """
                {"KV_SET":{"tkn":0,"keys":{"k":1}}}""");

        assertThatThrownBy(() -> apply(second)).isInstanceOf(StaleCopyException.class);
        assertThat(copy.partition().sessionCount(wallMs.get())).isZero();
    }

    @Test
    void shouldNotApplyABatchThatWasGivenUp() throws Exception {
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}"""));
        apply(owner.execute(batch(ONE, 3, true, """
                {"KV_COUNT":{"tkn":0}}"""), runner));

        assertThat(new BatchResult(execute(ONE, 2, """
                {"KV_SET":{"tkn":0,"keys":{"k":1}}}""").result()).kind()).isEqualTo(BatchResult.FORGOTTEN);
        assertThat(new BatchResult(
                                copy.execute(batch(ONE, 2, false, """
                                                {"KV_SET":{"tkn":0,"keys":{"k":1}}}"""), runner).result())
                        .kind())
                .isEqualTo(BatchResult.FORGOTTEN);
    }

    @Test
    void shouldNotTellCopiesOfReads() throws Exception {
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}"""));

        assertThat(execute(ONE, 2, """
                {"KV_COUNT":{"tkn":0}}""").change()).isNull();
        assertThat(text(execute(ONE, 2, """
                {"KV_COUNT":{"tkn":0}}"""), 0)).contains("\"cnt\":0");
        assertThat(execute(ONE, 3, """
                {"KV_COUNT":{"tkn":9}}""").change()).isNull();
    }

    @Test
    void shouldForgetAnswersAndThenDispatchersThatAreSilent() throws Exception {
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}"""));
        monotonicMs.addAndGet(3 * KEEP_MS + 1);
        apply(execute(OTHER, 1, """
                {"SH_NEW":{"name":"b"}}"""));

        assertThat(new BatchResult(execute(ONE, 1, """
                                        {"SH_NEW":{"name":"a"}}""").result()).kind()).isEqualTo(BatchResult.FORGOTTEN);
        assertThat(owner.remembered()).isEqualTo(2);
        monotonicMs.addAndGet(30 * KEEP_MS + 1);
        ReplicatedPartition.Swept swept = owner.sweep(runner.host());
        assertThat(owner.remembered()).isZero();
        copy.apply(Objects.requireNonNull(swept.change()), runner.host());
        assertThat(copy.remembered()).isZero();
    }

    @Test
    void shouldLeaveRequestsForTheNextBatchWhenRepliesGrowLarge() throws Exception {
        apply(execute(ONE, 1, """
                        {"SH_NEW":{"name":"a"}}""", """
                                {"KV_SET":{"tkn":0,"keys":{"k":"%s"}}}""".formatted("x".repeat(5000))));
        String get = """
                {"KV_GET":{"tkn":0,"keys":["k"]}}""";

        assertThat(new BatchResult(execute(ONE, 2, get, get, get).result()).count())
                .isOne();
        assertThat(new BatchResult(execute(ONE, 3, """
                {"KV_COUNT":{"tkn":0}}""", get, get).result()).count())
                .isOne();
    }

    @Test
    void shouldGiveAPieceOfASaveOnce() throws Exception {
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}"""));
        Request export = Request.internal(ExportCommand.INSTANCE, PARTITION, ExportQuery.scan(1, 0));
        PartitionBatch sent =
                read(new PartitionBatch(PARTITION, ONE, 2, false, new Request[] {export}, new long[1], new long[1]));
        byte[] first = owner.execute(sent, runner).result();

        apply(execute(OTHER, 1, """
                {"SH_NEW":{"name":"b"}}"""));
        assertThat(owner.execute(sent, runner).result()).isEqualTo(first);
    }

    @Test
    void shouldCarryTheTimeOfThePartitionToNodesWithOtherClocks() throws Exception {
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a","expiry":{"duration":60,"deleteSession":true}}}"""));
        wallMs.addAndGet(-3_600_000);
        owner.sweep(runner.host());
        copy.apply(Objects.requireNonNull(execute(ONE, 2, """
                        {"KV_SET":{"tkn":0,"keys":{"k":1}}}""").change()), runner.host());
        ReplicatedPartition moved = moved(owner);
        wallMs.addAndGet(59_000);

        for (ReplicatedPartition one : List.of(copy, moved)) {
            assertThat(text(one.execute(batch(OTHER, 1, false, """
                    {"SH_INFO":{"tkn":0}}"""), runner), 0))
                    .contains("\"remaining\":1,");
        }
        wallMs.addAndGet(1_000);
        for (ReplicatedPartition one : List.of(copy, moved)) {
            assertThat(text(one.execute(batch(OTHER, 2, false, """
                    {"SH_INFO":{"tkn":0}}"""), runner), 0))
                    .contains("\"st\":100,");
        }
    }

    /** The two sides of a split cluster have clocks that differ by an hour. */
    @Test
    void shouldKeepRemainingTimesWhenTwoVersionsMerge() throws Exception {
        for (long comesAheadMs : List.of(3_600_000L, -3_600_000L)) {
            ReplicatedPartition stays = new ReplicatedPartition(ORDER);
            ReplicatedPartition comes = new ReplicatedPartition(ORDER);
            wallMs.addAndGet(Math.max(0, comesAheadMs));
            comes.execute(batch(ONE, 1, false, """
                    {"SH_NEW":{"name":"a","expiry":{"duration":60,"deleteSession":true}}}"""), runner);
            wallMs.addAndGet(-comesAheadMs);
            stays.execute(batch(OTHER, 1, true, """
                    {"SH_INFO":{"tkn":0}}"""), runner);

            ReplicatedPartition merged = ReplicatedPartition.merged(stays, comes, runner.host());

            assertThat(text(merged.execute(batch(OTHER, 2, false, """
                    {"SH_INFO":{"tkn":0}}"""), runner), 0))
                    .contains("\"remaining\":60,");
        }
    }

    /** The random place at the takeover is far behind, once the time has passed it. */
    @Test
    void shouldNotGiveTheSameRevisionsOnBothSidesOfASplit() throws Exception {
        execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}""");
        ReplicatedPartition other = moved(owner);
        Set<String> given = new HashSet<>();

        for (int number = 2; number < 20; number++) {
            wallMs.addAndGet(5_000);
            String set = """
                    {"KV_SET":{"tkn":0,"keys":{"k":1},"revs":true}}""";
            given.add(text(execute(ONE, number, set), 0));
            given.add(text(other.execute(batch(OTHER, number, false, set), runner), 0));
        }

        assertThat(given).hasSize(36);
    }

    /** Keys keep their remaining times too, and both sides of the split may be ahead. */
    @Test
    void shouldReclaimKeysInTimeAfterTwoVersionsMerge() throws Exception {
        for (long comesAheadMs : List.of(3_600_000L, -3_600_000L)) {
            ReplicatedPartition stays = new ReplicatedPartition(ORDER);
            ReplicatedPartition comes = new ReplicatedPartition(ORDER);
            wallMs.addAndGet(Math.max(0, comesAheadMs));
            comes.execute(batch(ONE, 1, false, """
                    {"SH_NEW":{"name":"a"}}"""), runner);
            comes.execute(batch(ONE, 2, false, """
                    {"KV_SET":{"tkn":0,"keys":{"k":1,"l":1,"m":1},"ttl":{"k":60,"l":900000000000000}}}"""), runner);
            wallMs.addAndGet(-comesAheadMs);
            stays.execute(batch(OTHER, 1, true, """
                    {"SH_INFO":{"tkn":0}}"""), runner);

            ReplicatedPartition merged = ReplicatedPartition.merged(stays, comes, runner.host());

            merged.partition().checkInvariants();
            wallMs.addAndGet(60_000);
            merged.sweep(runner.host());
            assertThat(merged.partition().heldKeys()).isEqualTo(2);
        }
    }

    @Test
    void shouldNotEndASessionOfManyYearsWhenTwoVersionsMerge() throws Exception {
        ReplicatedPartition stays = new ReplicatedPartition(ORDER);
        ReplicatedPartition comes = new ReplicatedPartition(ORDER);
        comes.execute(batch(ONE, 1, false, """
                {"SH_NEW":{"name":"a","expiry":{"duration":%d,"deleteSession":true}}}""".formatted((Long.MAX_VALUE - wallMs.get()) / 1000 - 100)), runner);
        wallMs.addAndGet(3_600_000);
        stays.execute(batch(OTHER, 1, true, """
                {"SH_INFO":{"tkn":0}}"""), runner);

        ReplicatedPartition merged = ReplicatedPartition.merged(stays, comes, runner.host());
        merged.sweep(runner.host());

        assertThat(merged.partition().heldSessions()).isOne();
        merged.partition().checkInvariants();
    }

    /** A copy that was the owner must not publish events that the next owner has published. */
    @Test
    void shouldForgetUnpublishedEventsOnceItIsACopy() throws Exception {
        List<ToldOutbox> made = new ArrayList<>();
        outboxes = () -> {
            made.add(new ToldOutbox());
            return made.get(made.size() - 1);
        };
        runner = runner(Configuration.defaults());
        apply(execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}"""));
        apply(execute(ONE, 2, """
                {"KV_SET":{"tkn":0,"keys":{"k":1}}}"""));
        assertThat(made).hasSize(1);
        assertThat(made.get(0).told).containsExactly("""
                {"tkn":0,"ev":"set","keys":{"k":1}}""");

        owner.apply(
                Objects.requireNonNull(
                        copy.execute(batch(ONE, 3, false, """
                        {"KV_CLEAR":{"tkn":0}}"""), runner).change()),
                runner.host());

        assertThat(made.get(0).told).isEmpty();
        assertThat(made.get(1).told).containsExactly("""
                {"tkn":0,"ev":"clear","keys":{}}""");
    }

    private static final class ToldOutbox implements Outbox {

        private final List<String> told = new ArrayList<>();
        private final ChangeListener listener = new ChangePublisher((address, text) -> told.add(text.toString()));

        @Override
        public ChangeListener listener() {
            return listener;
        }

        @Override
        public void clear() {
            told.clear();
        }
    }

    @Test
    void shouldLeaveTheRestOfABatchWhoseTimeIsOver() throws Exception {
        nanosPerRead = 5_000_000;
        execute(ONE, 1, """
                {"SH_NEW":{"name":"a"}}""", """
                {"KV_SET":{"tkn":0,"keys":{"k":[1]}}}""");
        String update = """
                {"KV_UPDATE":{"tkn":0,"key":"k","path":"$[0]","value":2}}""";
        BatchResult result = new BatchResult(
                execute(ONE, 2, update, update, update, update, update).result());

        assertThat(result.kind()).isEqualTo(BatchResult.EXECUTED);
        assertThat(result.isOutOfTime()).isTrue();
        assertThat(result.count()).isEqualTo(3);
    }

    private BatchRunner runner(Configuration configuration) {
        Commands commands = TesseraCommands.of(ServerOptions.commands(configuration));
        return new BatchRunner(new PartitionHost(
                commands,
                new StoreMap(PARTITION + 1, PARTITION + 1),
                64,
                1024 * 1024,
                4096,
                KEEP_MS,
                wallMs::get,
                monotonicMs::get,
                () -> nanos += nanosPerRead,
                states::incrementAndGet,
                (later, request, client) -> new DeferredId(new UUID(0, 0), 0),
                outboxes,
                memory));
    }

    private ReplicatedPartition.Executed execute(DispatcherId dispatcher, long number, String... texts)
            throws Exception {
        return owner.execute(batch(dispatcher, number, false, texts), runner);
    }

    /** Returns a batch as another node reads it; a session without a token gets one from its name. */
    private PartitionBatch batch(DispatcherId dispatcher, long number, boolean fence, String... texts)
            throws Exception {
        RequestDecoder decoder = new RequestDecoder(runner.host().commands(), 64);
        Request[] requests = new Request[texts.length];
        for (int i = 0; i < texts.length; i++) {
            byte[] text = texts[i].getBytes(UTF_8);
            requests[i] = decoder.decode(text, 0, text.length);
            if (!requests[i].hasToken()) {
                requests[i].assignToken(texts[i].contains("\"b\"") ? 1 : 0);
            }
            if (!requests[i].sessions() && texts[i].contains("\"a\":1,")) {
                requests[i].assignPartitions(new int[] {PARTITION, PARTITION});
            }
        }
        return read(new PartitionBatch(
                PARTITION, dispatcher, number, fence, requests, new long[requests.length], new long[requests.length]));
    }

    private static PartitionBatch read(PartitionBatch sent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sent.write(new DataOutputStream(bytes));
        return PartitionBatch.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private void apply(ReplicatedPartition.Executed executed) throws IOException {
        if (executed.change() != null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            executed.change().write(new DataOutputStream(bytes));
            copy.apply(
                    PartitionChange.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))),
                    runner.host());
        }
    }

    private ReplicatedPartition moved(ReplicatedPartition from) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        from.write(new DataOutputStream(bytes));
        ReplicatedPartition to = new ReplicatedPartition(ORDER);
        to.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        to.arrive(runner.host());
        to.partition().checkInvariants();
        return to;
    }

    private static String text(ReplicatedPartition.Executed executed, int index) {
        return new String(new BatchResult(executed.result()).replies(index, index + 1), UTF_8);
    }
}
