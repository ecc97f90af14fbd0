package dev.tessera.impl.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.command.kv.KvSet;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.HashFinalizer;
import dev.tessera.impl.session.Partition;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import dev.tessera.testing.OnePartition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class MemoryLimitTest {

    private static final long MAX = 20_000;

    private final MemoryBudget memory = new MemoryBudget(DataLimits.NONE.withBytesMax(MAX), CommandRunner.OWNERS);
    private CommandRunner runner = CommandRunner.within(memory, true).session(1);

    @AfterEach
    void shouldKeepItsInvariants() {
        runner.checkInvariants();
    }

    @Test
    void shouldRefuseAWriteThatDoesNotFitAndChangeNothing() {
        runner.run(set("a", 10_000));

        String refused = runner.run("""
                {"KV_SET":{"tkn":1,"keys":{"a":1,"b":"%s"}}}""".formatted("x".repeat(20_000)));

        assertThat(refused).isEqualTo("""
                {"KV_SET_RSP":{"st":205,"tkn":1,"m":"%s"}}""".formatted(Messages.MEMORY_FULL));
        assertThat(runner.run("""
                {"KV_KEYS":{"tkn":1}}""")).contains("[\"a\"]");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":1,"keys":["a"]}}""")).contains("xxx");
        assertThat(memory.refused()).isEqualTo(1);
    }

    @Test
    void shouldServeReadsRemovalsAndSmallerValuesWhenFull() {
        int keys = fill();

        assertThat(runner.run(set("k0", 50))).contains("\"k0\":21");
        assertThat(runner.run(set("k1", 100))).contains("\"k1\":21");
        assertThat(runner.run("""
                {"KV_ADD":{"tkn":1,"keys":{"k2":"%s"}}}""".formatted("x".repeat(5_000)))).contains("\"k2\":23");
        assertThat(runner.run("""
                {"KV_UPDATE":{"tkn":1,"key":"k3","path":"$","value":1}}""")).contains("\"cnt\":1");
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":1}}""")).contains("\"cnt\":" + keys);
        assertThat(runner.run("""
                {"KV_RMV":{"tkn":1,"keys":["k4"]}}""")).contains("\"k4\":24");
        assertThat(runner.run(set("new", 10))).contains("\"new\":20");
    }

    @Test
    void shouldRefuseAnUpdateThatDoesNotFit() {
        fill();

        assertThat(runner.run("""
                {"KV_UPDATE":{"tkn":1,"key":"k0","path":"$","value":"%s"}}""".formatted("x".repeat(1_000)))).contains("\"st\":205");

        assertThat(runner.run("""
                {"KV_GET":{"tkn":1,"keys":["k0"]}}""")).contains("\"" + "x".repeat(100) + "\"");
    }

    @Test
    void shouldReplaceAllKeysIfTheNewOnesFitInTheirPlace() {
        fill();

        assertThat(runner.run(clearSet(30_000))).contains("\"st\":205");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":1,"keys":["k0"]}}""")).contains("xxx");
        assertThat(runner.run(clearSet(10_000))).contains("\"st\":1");
        assertThat(runner.run("""
                {"KV_KEYS":{"tkn":1}}""")).contains("[\"only\"]");
    }

    @Test
    void shouldRefuseASessionThatDoesNotFitButNotHideAnExistingOne() {
        runner.run("""
                {"SH_NEW":{"name":"lobby","shared":true}}""");
        fill();
        while (runner.run("""
                {"SH_NEW":{"name":"s"}}""").contains("\"st\":1,")) {
            // Until it is full.
        }

        assertThat(runner.run("""
                {"SH_NEW":{"name":"s"}}""")).isEqualTo("""
                {"SH_NEW_RSP":{"st":205,"tkn":null,"m":"%s"}}""".formatted(Messages.MEMORY_FULL));
        assertThat(runner.run("""
                {"SH_NEW":{"name":"lobby","shared":true}}""")).contains("\"st\":103");
    }

    @Test
    void shouldHaveRoomAgainAfterTheEndOfASession() {
        int keys = fill();

        for (int round = 0; round < 10; round++) {
            assertThat(runner.run("""
                    {"SH_END":{"tkn":1}}""")).contains("\"st\":1");
            runner.session(1);
            assertThat(fill()).isEqualTo(keys);
        }
    }

    @Test
    void shouldLimitSessionsAndTheirKeys() {
        MemoryBudget limited = new MemoryBudget(new DataLimits(Long.MAX_VALUE, 2, 3, false), 1);
        runner = CommandRunner.within(limited, true).session(1).session(2);

        assertThat(runner.run("""
                {"SH_NEW":{"name":"s"}}""")).contains("\"st\":205", Messages.TOO_MANY_SESSIONS);
        assertThat(runner.run("""
                {"KV_SET":{"tkn":1,"keys":{"a":1,"b":1,"c":1}}}""")).contains("\"c\":20");
        assertThat(runner.run("""
                {"KV_SET":{"tkn":1,"keys":{"c":2,"d":1}}}""")).contains("\"st\":205", Messages.TOO_MANY_KEYS);
        assertThat(runner.run("""
                {"KV_SET":{"tkn":1,"keys":{"a":2,"b":2,"c":2}}}""")).contains("\"c\":21");
        assertThat(runner.run("""
                {"KV_CLEAR_SET":{"tkn":1,"keys":{"e":2,"f":2,"g":2}}}""")).contains("\"g\":20");
        assertThat(runner.run("""
                {"KV_CLEAR_SET":{"tkn":1,"keys":{"e":2,"f":2,"g":2,"h":2}}}""")).contains("\"st\":205");
        runner.run("""
                {"SH_END":{"tkn":2}}""");
        assertThat(runner.run("""
                {"SH_NEW":{"name":"s"}}""")).contains("\"st\":1,");
    }

    @Test
    void shouldEndTheLeastRecentlyUsedSessionThatCanExpire() {
        MemoryBudget evicting =
                new MemoryBudget(new DataLimits(MAX, Long.MAX_VALUE, Long.MAX_VALUE, true), CommandRunner.OWNERS);
        runner = CommandRunner.within(evicting, true).session(1);
        // An owner can end only its own sessions.
        int owner = HashFinalizer.partition(1, CommandRunner.OWNERS);
        for (long token = 2; evicting.usedBytes() < 12_000; token++) {
            if (HashFinalizer.partition(token, CommandRunner.OWNERS) == owner) {
                runner.session(token, new Expiry(60, true));
                runner.run(set(Long.toString(token), "a", 1_000));
                runner.advanceMs(1_000);
            }
        }

        assertThat(runner.run(set("1", "a", 5_000)) + runner.run(set("1", "b", 5_000)))
                .doesNotContain("205");

        assertThat(evicting.evicted()).isPositive();
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":1}}""")).contains("\"cnt\":2");
        long evicted = evicting.evicted();
        assertThat(runner.run(set("1", "c", 15_000))).contains("\"st\":205");
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":1}}""")).contains("\"cnt\":2");
        assertThat(evicting.evicted()).as("ends no session in vain").isEqualTo(evicted);

        assertThat(runner.run("""
                {"KV_UPDATE":{"tkn":1,"key":"a","path":"$","value":"%s"}}""".formatted("x".repeat(6_500)))).contains("\"cnt\":1");
        assertThat(evicting.evicted()).as("an update makes room").isGreaterThan(evicted);
    }

    @Test
    void shouldEndSessionsForOneMoreSession() {
        MemoryBudget evicting = new MemoryBudget(new DataLimits(MAX, 2, Long.MAX_VALUE, true), 1);
        runner = CommandRunner.within(evicting, true)
                .session(1, new Expiry(60, true))
                .session(2, new Expiry(30, false));
        runner.run(set("2", "a", 1));

        // Only a session that is deleted gives its place, and only its owner can end it.
        for (int i = 0; i < CommandRunner.OWNERS * 4; i++) {
            runner.run("""
                    {"SH_NEW":{"name":"s"}}""");
        }

        assertThat(evicting.evicted()).isEqualTo(1);
        assertThat(evicting.sessions()).isEqualTo(2);
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":2}}""")).contains("\"cnt\":1");
    }

    @Test
    void shouldReturnWhatAFailedCommandHasReserved() throws Exception {
        MemoryBudget budget = new MemoryBudget(DataLimits.NONE.withBytesMax(MAX), 1);
        Partition partition = new Partition(null, new MemoryAccount(budget));
        Commands commands = Commands.withoutSessions(CommandRunner.COMMANDS, Set.of());
        JsonWriter out = new JsonWriter();
        out.limit(1);
        Answer answer = new Answer(out);
        OnePartition owner = new OnePartition(partition, null);
        Request onePartition = decode(commands, """
                {"KV_SET":{"keys":{"a":"%s"}}}""".formatted("x".repeat(5_000)));
        Request parts = decode(commands, """
                {"KV_SET":{"keys":{"b":1,"c":"%s"}}}""".formatted("x".repeat(5_000)));
        parts.assignPartitions(new int[] {0, 0});

        for (Request request : List.of(onePartition, parts)) {
            assertThatThrownBy(() -> request.command().execute(request, owner, 0, answer))
                    .isInstanceOf(JsonWriter.TooLarge.class);
            long stored = partition.memory().usedBytes();
            assertThat(budget.usedBytes()).isBetween(stored, stored + 2 * 256);
        }
    }

    @Test
    void shouldRefuseGlobalKeysThatDoNotFit() {
        runner = CommandRunner.within(memory, false);
        int keys = 0;
        while (runner.run("""
                {"KV_SET":{"keys":{"k%d":"%s"}}}""".formatted(keys, "x".repeat(100))).contains(":20}")) {
            keys++;
        }

        assertThat(runner.run("""
                {"KV_SET":{"keys":{"n1":"%1$s","n2":"%1$s","n3":"%1$s","n4":"%1$s"}}}""".formatted("x".repeat(1_000)))).contains("\"st\":205");
        assertThat(runner.run("""
                {"KV_SET":{"keys":{"k1":1,"k2":1,"k3":1,"k4":1}}}""")).contains("\"k4\":21");
        assertThat(runner.run("{\"KV_COUNT\":{}}")).contains("\"cnt\":" + keys);
        assertThat(runner.run("""
                {"KV_CLEAR_SET":{"keys":{"n1":"%1$s","n2":"%1$s"}}}""".formatted("x".repeat(1_000)))).contains("\"n2\":20");
    }

    @Test
    void shouldNeverTakeMoreThanTheLimit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        runner = CommandRunner.within(memory, random.nextBoolean());
        runner.session(1).session(2);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            long before = memory.usedBytes();
            String answer = runner.run(randomCommand(random));
            if (answer.contains("\"st\":205")) {
                refused++;
                assertThat(memory.usedBytes()).as("seed %d, step %d", seed, i).isEqualTo(before);
            }
            // A command that frees later than it allocates leaves up to two chunks in the account.
            assertThat(memory.usedBytes()).as("seed %d, step %d", seed, i).isLessThan(MAX + 3 * 2 * 256);
        }
        assertThat(refused).as("seed %d", seed).isPositive();
    }

    @Test
    void shouldLimitTheSizeOfKeysAndValues() throws Exception {
        Commands commands = Commands.of(List.of(new KvSet(new EntryLimits(3, 5))), Set.of());

        assertThat(decode(commands, """
                {"KV_SET":{"tkn":1,"keys":{"abc":"123"}}}""").fault()).isNull();
        assertThat(decode(commands, """
                {"KV_SET":{"tkn":1,"keys":{"abcd":1}}}""").fault().message()).isEqualTo(Messages.keyTooLarge("keys", 3));
        assertThat(decode(commands, """
                {"KV_SET":{"tkn":1,"keys":{"a":"1234"}}}""").fault().message()).isEqualTo(Messages.valueTooLarge("keys", 5));
    }

    private static Request decode(Commands commands, String text) throws IllFormedTextException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new RequestDecoder(commands, 64).decode(bytes, 0, bytes.length);
    }

    private static String ttl(Random random) {
        return random.nextBoolean() ? "" : ",\"ttl\":" + random.nextInt(2);
    }

    private static String randomCommand(Random random) {
        if (random.nextInt(8) == 0) {
            return "{\"KV_EXPIRE\":{\"tkn\":%d,\"keys\":[\"k%d\",\"k%d\"]%s}}"
                    .formatted(1 + random.nextInt(2), random.nextInt(100), random.nextInt(100), ",\"ttl\":9");
        }
        String name = List.of("KV_SET", "KV_ADD", "KV_SET", "KV_ADD", "KV_RMV", "KV_CLEAR_SET", "KV_SET")
                .get(random.nextInt(7));
        StringBuilder keys = new StringBuilder();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String key = "\"k" + random.nextInt(100) + "\"";
            String value = name.equals("KV_RMV") ? "" : ":\"" + "x".repeat(random.nextInt(800)) + "\"";
            keys.append(keys.isEmpty() ? "" : ",").append(key).append(value);
        }
        return name.equals("KV_RMV")
                ? "{\"KV_RMV\":{\"tkn\":%d,\"keys\":[%s]}}".formatted(1 + random.nextInt(2), keys)
                : "{\"%s\":{\"tkn\":%d,\"keys\":{%s}%s}}".formatted(name, 1 + random.nextInt(2), keys, ttl(random));
    }

    /** Adds keys until one does not fit. Returns how many fit. */
    private int fill() {
        int keys = 0;
        while (runner.run(set("k" + keys, 100)).contains("\"k" + keys + "\":20")) {
            keys++;
        }
        return keys;
    }

    private static String set(String key, int valueBytes) {
        return set("1", key, valueBytes);
    }

    private static String set(String token, String key, int valueBytes) {
        return "{\"KV_SET\":{\"tkn\":%s,\"keys\":{\"%s\":\"%s\"}}}".formatted(token, key, "x".repeat(valueBytes));
    }

    private static String clearSet(int valueBytes) {
        return "{\"KV_CLEAR_SET\":{\"tkn\":1,\"keys\":{\"only\":\"%s\"}}}".formatted("x".repeat(valueBytes));
    }
}
