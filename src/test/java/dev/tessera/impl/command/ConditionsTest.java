package dev.tessera.impl.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Conditions of commands: they are checked before everything else that depends on the keys, and change nothing. */
@Tag(Layer.UNIT)
class ConditionsTest {

    private static final long BYTES_MAX = 20_000;
    private static final int MANY = 10_000;

    private final MemoryBudget memory = new MemoryBudget(DataLimits.NONE.withBytesMax(BYTES_MAX), CommandRunner.OWNERS);
    private CommandRunner runner = new CommandRunner().session(1);

    @AfterEach
    void checkInvariants() {
        runner.checkInvariants();
    }

    @Test
    void shouldCompareManyKeys() {
        String keys =
                IntStream.range(0, MANY).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(","));
        long revision = number(runner.run("""
                {"KV_SET":{"tkn":1,"keys":{%s},"revs":true}}""".formatted(keys)));
        String conditions = IntStream.range(0, MANY)
                .mapToObj(i -> "\"k" + i + "\":" + revision)
                .collect(Collectors.joining(","));

        String changed = runner.run("""
                {"KV_SET":{"tkn":1,"keys":{"k9999":0},"if":{%s},"revs":true}}""".formatted(conditions));
        String refused = runner.run("""
                {"KV_SET":{"tkn":1,"keys":{"k9999":1},"if":{%s}}}""".formatted(conditions));

        assertThat(changed).startsWith("""
                {"KV_SET_RSP":{"tkn":1,"keys":{"k9999":21},"rev":""");
        assertThat(refused).isEqualTo("""
                {"KV_SET_RSP":{"st":206,"tkn":1,"m":"%s","revs":{%s}}}""".formatted(
                Messages.CONFLICT, conditions.replace("\"k9999\":" + revision, "\"k9999\":" + number(changed))));
    }

    @Test
    void shouldReportAConflictBeforeALackOfMemory() {
        runner = CommandRunner.within(memory, true).session(1);
        String value = "x".repeat((int) BYTES_MAX);

        assertThat(runner.run("""
                {"KV_SET":{"tkn":1,"keys":{"a":"%s"},"if":{"a":7}}}""".formatted(value))).contains("\"st\":206");
        assertThat(memory.refused()).isZero();
        assertThat(runner.run("""
                {"KV_SET":{"tkn":1,"keys":{"a":"%s"},"if":{"a":0}}}""".formatted(value))).contains("\"st\":205");
    }

    @Test
    void shouldReportAConflictBeforeALackOfMemoryWithoutSessions() {
        runner = CommandRunner.within(memory, false);
        String value = "x".repeat((int) BYTES_MAX);

        assertThat(runner.run("""
                {"KV_SET":{"keys":{"a":"%s"},"if":{"a":7}}}""".formatted(value))).contains("\"st\":206");
        assertThat(memory.refused()).isZero();
        assertThat(runner.run("""
                {"KV_SET":{"keys":{"a":"%s"},"if":{"a":0}}}""".formatted(value))).contains("\"st\":205");
    }

    @Test
    void shouldUseTheSessionEvenIfAConditionFails() {
        runner.session(4, new Expiry(10, true));
        runner.advanceMs(9_000);
        assertThat(runner.run("""
                {"KV_RMV":{"tkn":4,"keys":["a"],"if":{"a":7}}}""")).contains("\"st\":206");
        runner.advanceMs(9_000);

        assertThat(runner.run("""
                {"SH_INFO":{"tkn":4}}""")).contains("\"remaining\":1");
    }

    @Test
    void shouldGiveNoRevisionToACommandThatIsRefused() {
        long before = number(runner.run("""
                {"SH_INFO":{"tkn":1,"revs":true}}"""));
        for (String command : new String[] {"KV_SET", "KV_ADD", "KV_CLEAR_SET"}) {
            assertThat(runner.run("""
                    {"%s":{"tkn":1,"keys":{"a":1},"if":{"a":7}}}""".formatted(command))).contains("\"st\":206");
        }
        runner.advanceMs(1_000);

        assertThat(number(runner.run("""
                {"SH_INFO":{"tkn":1,"revs":true}}"""))).isEqualTo(before);
    }

    @Test
    void shouldNotRepeatARevisionAfterTheSessionWasEmptiedByItsEnd() {
        runner.session(4, new Expiry(10, false));
        long stored = number(runner.run("""
                {"KV_SET":{"tkn":4,"keys":{"a":1},"revs":true}}"""));
        runner.advanceMs(10_000);

        assertThat(runner.run("""
                {"KV_SET":{"tkn":4,"keys":{"a":1},"if":{"a":%d}}}""".formatted(stored))).endsWith("\"revs\":{\"a\":0}}}");
        assertThat(number(runner.run("""
                {"KV_SET":{"tkn":4,"keys":{"a":1},"if":{"a":0},"revs":true}}"""))).isGreaterThan(stored);
    }

    /** Compares a random history with a map of the revisions that the replies told. */
    @Test
    void shouldAgreeWithAModel() {
        long seed = 206L;
        Random random = new Random(seed);
        Map<String, Long> model = new HashMap<>();
        long last = 0;
        for (int i = 0; i < 5_000; i++) {
            String key = "k" + random.nextInt(5);
            String other = "k" + random.nextInt(5);
            long present = model.getOrDefault(other, 0L);
            long required = random.nextInt(3) == 0 ? random.nextLong(1L << 53) : present;
            String options = "\"if\":{\"%s\":%d},\"revs\":true".formatted(other, required);
            boolean remove = random.nextInt(4) == 0;
            runner.advanceMs(random.nextInt(2));

            String reply = runner.run(
                    remove
                            ? "{\"KV_RMV\":{\"tkn\":1,\"keys\":[\"%s\"],%s}}".formatted(key, options)
                            : "{\"KV_SET\":{%s,\"tkn\":1,\"keys\":{\"%s\":%d}}}".formatted(options, key, i));

            if (required != present) {
                assertThat(reply)
                        .as("seed %d, step %d", seed, i)
                        .contains("\"st\":206")
                        .endsWith("\"revs\":{\"%s\":%d}}}".formatted(other, present));
                continue;
            }
            assertThat(reply).as("seed %d, step %d", seed, i).doesNotContain("\"st\"");
            long revision = number(reply);
            boolean changed = !remove || model.containsKey(key);
            assertThat(revision > last)
                    .as("seed %d, step %d: %s", seed, i, reply)
                    .isEqualTo(changed || i == 0);
            last = revision;
            if (remove) {
                model.remove(key);
            } else {
                model.put(key, revision);
            }
        }
    }

    /** Returns the number with which a reply ends. */
    private static long number(String reply) {
        return Long.parseLong(reply.replaceAll(".*[^0-9]([0-9]+)}}$", "$1"));
    }
}
