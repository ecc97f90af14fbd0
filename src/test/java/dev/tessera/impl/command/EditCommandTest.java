package dev.tessera.impl.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.kv.KvAppend;
import dev.tessera.impl.command.kv.KvIncr;
import dev.tessera.impl.command.kv.KvMerge;
import dev.tessera.impl.command.kv.KvPatch;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.edit.EditMessages;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.JsonPathOptions;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import dev.tessera.testing.OnePartition;
import dev.tessera.testing.SteppedClock;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes in place: on workers, at their limits, and without sessions. */
@Tag(Layer.UNIT)
class EditCommandTest {

    private static final int BYTES_MAX = 1_000_000;
    private static final int COMMAND_BYTES_MAX = 1_200_000;

    private final JsonPathCache paths = new JsonPathCache(JsonPathOptions.DEFAULT, 16);
    private static final int UPDATE_MS = 10_000;

    private final SteppedClock clock = new SteppedClock();
    private final SearchLimits limits =
            new SearchLimits(10_000, 10, UPDATE_MS, BYTES_MAX, 8, COMMAND_BYTES_MAX, 20, clock);
    private final Commands commands = Commands.of(
            List.of(
                    new KvMerge(limits, EntryLimits.NONE),
                    new KvPatch(limits),
                    new KvIncr(paths, limits, EntryLimits.NONE),
                    new KvAppend(paths, limits, EntryLimits.NONE)),
            List.of());
    private final Partition partition = new Partition(null);
    private final OnePartition partitions = new OnePartition(partition, null);
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);

    EditCommandTest() {
        partition.create(7, new byte[] {'s'}, false, Expiry.NEVER, 0);
    }

    private KeySpace keys() {
        return partition.find(7, 0).keys();
    }

    private void set(String key, String value) {
        byte[] text = key.getBytes(UTF_8);
        byte[] json = value.getBytes(UTF_8);
        keys().put(text, 0, text.length, json, 0, json.length);
    }

    private String value(String key) {
        byte[] text = key.getBytes(UTF_8);
        byte[] found = keys().get(text, 0, text.length);
        return found == null
                ? "absent"
                : new String(found, KeyRecord.valueFrom(found), found.length - KeyRecord.valueFrom(found), UTF_8);
    }

    private Request request(String name, String parameters) throws Exception {
        byte[] text = """
                {"%s":{"tkn":7,%s}}""".formatted(name, parameters).getBytes(UTF_8);
        return new RequestDecoder(commands, 64).decode(text, 0, text.length);
    }

    private Preparation execute(Request request, Preparation prepared) {
        answer.prepare(prepared);
        request.command().execute(request, partitions, 0, answer);
        answer.prepare(null);
        return (Preparation) answer.takeLater();
    }

    private String run(String name, String parameters) throws Exception {
        Request request = request(name, parameters);
        Preparation left = execute(request, null);
        if (left != null) {
            left.run(() -> false);
            assertThat(execute(request, left)).isNull();
        }
        return answered();
    }

    private String answered() {
        return new String(out.take(0), UTF_8);
    }

    @Nested
    class OnAWorker {

        /** Takes longer than the time on the owner's thread. */
        private static final int MEMBERS = 60_000;

        private Request slow() throws Exception {
            clock.stepMs(1);
            StringBuilder large = new StringBuilder("{\"m\":0");
            StringBuilder patch = new StringBuilder("{\"m\":1");
            for (int i = 0; i < MEMBERS; i++) {
                large.append(",\"m").append(i).append("\":1");
                patch.append(",\"m").append(i).append("\":2");
            }
            set("large", large.append('}').toString());
            return request("KV_MERGE", "\"keys\":{\"large\":" + patch + "},\"small\":{\"a\":1}}");
        }

        @Test
        void shouldStoreAllResultsOfAWorker() throws Exception {
            Request request = slow();
            Preparation left = execute(request, null);
            left.run(() -> false);
            assertThat(value("large")).as("only the owner changes it").startsWith("{\"m\":0,\"m0\":1");
            assertThat(value("small")).isEqualTo("absent");
            assertThat(left.snapshots()).hasSize(1);

            assertThat(execute(request, left)).isNull();
            assertThat(answered()).endsWith("\"keys\":{\"large\":21,\"small\":20}}}");
            assertThat(value("large")).startsWith("{\"m\":1,\"m0\":2");
            assertThat(value("small")).isEqualTo("{\"a\":1}");
        }

        @Test
        void shouldComputeAgainIfOneOfTheValuesHasChanged() throws Exception {
            Request request = slow();
            Preparation first = execute(request, null);
            first.run(() -> false);
            set("small", "{\"b\":2}");
            Preparation second = execute(request, first);
            second.run(() -> false);

            assertThat(execute(request, second)).isNull();
            assertThat(answered()).endsWith("\"keys\":{\"large\":21,\"small\":21}}}");
            assertThat(value("small")).isEqualTo("{\"b\":2,\"a\":1}");
        }

        @Test
        void shouldGiveUpIfAValueChangesDuringEachAttempt() throws Exception {
            Request request = slow();
            Preparation left = execute(request, null);
            int attempts = 0;
            while (left != null) {
                left.run(() -> false);
                attempts++;
                set("small", "{\"b\":" + attempts + "}");
                left = execute(request, left);
            }

            assertThat(answered()).contains("\"st\":203", Messages.updateOvertaken(attempts));
            assertThat(value("large")).startsWith("{\"m\":0,\"m0\":1");
        }

        @Test
        void shouldLetAllAttemptsShareOneTime() throws Exception {
            Request request = slow();
            Preparation left = execute(request, null);
            int attempts = 0;
            while (left != null) {
                left.run(clock.advanceOnce(UPDATE_MS / 2 - 1_000));
                attempts++;
                set("small", "{\"b\":" + attempts + "}");
                left = execute(request, left);
            }

            assertThat(attempts).isEqualTo(3);
            assertThat(answered()).contains("\"st\":203", BudgetExceededException.tookTooLong(UPDATE_MS));
            assertThat(value("large")).startsWith("{\"m\":0,\"m0\":1");
        }

        @Test
        void shouldChangeNothingForAClientThatIsGone() throws Exception {
            Request request = slow();
            Preparation left = execute(request, null);
            left.run(() -> true);

            assertThat(execute(request, left)).isNull();
            assertThat(answered()).contains("\"st\":203");
            assertThat(value("small")).isEqualTo("absent");
        }
    }

    @Test
    void shouldLimitEachValueAndAllOfThemTogether() throws Exception {
        String large = "\"" + "x".repeat(700_000) + "\"";
        set("a", "[" + large + "]");
        set("b", "[" + large + "]");

        assertThat(run(
                        "KV_APPEND",
                        "\"keys\":{\"a\":[" + large.substring(300_000 - 1).replaceFirst("x", "\"") + "]}"))
                .contains("\"st\":202", BudgetExceededException.tooLarge(BYTES_MAX));
        assertThat(run("KV_APPEND", "\"keys\":{\"a\":[1],\"b\":[1]}"))
                .contains("\"st\":202", Messages.changesTooLarge(COMMAND_BYTES_MAX));
        assertThat(value("a")).isEqualTo("[" + large + "]");
    }

    @Test
    void shouldLimitTheDepthOfValues() throws Exception {
        String tooDeep = Messages.updateTooDeep("nesting is deeper than 8");
        set("k", "[[[[[[[1]]]]]]]");
        set("o", "{\"a\":{\"b\":[]}}");

        assertThat(run("KV_PATCH", """
                "key":"k","ops":[{"op":"replace","path":"/0/0/0/0/0/0/0","value":[1]}]""")).contains("\"st\":1");
        assertThat(run("KV_PATCH", """
                "key":"k","ops":[{"op":"replace","path":"/0/0/0/0/0/0/0","value":[[1]]}]""")).contains(tooDeep);
        assertThat(run("KV_PATCH", """
                "key":"k","ops":[{"op":"copy","from":"","path":"/-"}]""")).contains("\"st\":202", tooDeep);
        assertThat(run("KV_MERGE", """
                "keys":{"n":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}""")).contains("\"st\":202", tooDeep);
        assertThat(run("KV_APPEND", """
                "keys":{"o":[[[[[[]]]]]]},"path":"$.a.b\"""")).contains("\"o\":1");
        assertThat(run("KV_APPEND", """
                "keys":{"o":[[[[[[[]]]]]]]},"path":"$.a.b\"""")).contains("\"st\":202");
    }

    @Test
    void shouldLimitTheDigitsOfNumbers() throws Exception {
        assertThat(run("KV_INCR", "\"keys\":{\"a\":1,\"b\":1e20}"))
                .contains("\"st\":202", Messages.cannotChange("b", EditMessages.tooManyDigits(20)));
        assertThat(value("a")).isEqualTo("absent");
        assertThat(run("KV_INCR", "\"keys\":{\"a\":1e19}")).endsWith("{\"a\":10000000000000000000}}}");
    }

    @Test
    void shouldStoreNothingIfACommandTouchesNothing() throws Exception {
        set("k", "{ \"a\" : [ 1 ] }");
        byte[] before = keys().get(new byte[] {'k'}, 0, 1);

        assertThat(run("KV_MERGE", "\"keys\":{\"k\":{\"b\":null}}")).endsWith("{\"k\":21}}}");
        assertThat(run("KV_PATCH", """
                "key":"k","ops":[{"op":"test","path":"/a/0","value":1}]""")).contains("\"st\":1");
        assertThat(run("KV_APPEND", "\"keys\":{\"k\":[]},\"path\":\"$.a\"")).endsWith("{\"k\":1}}}");

        assertThat(keys().get(new byte[] {'k'}, 0, 1)).isSameAs(before);
    }

    @Test
    void shouldReturnRevisions() throws Exception {
        set("k", "[]");

        assertThat(run("KV_APPEND", "\"keys\":{\"k\":[1]},\"revs\":true"))
                .endsWith("\"keys\":{\"k\":1},\"rev\":" + keys().revision() + "}}");
        assertThat(run("KV_PATCH", "\"key\":\"k\",\"ops\":[],\"revs\":true,\"rid\":1"))
                .endsWith("\"key\":\"k\",\"rev\":" + keys().revision() + ",\"rid\":1}}");
        assertThat(run("KV_INCR", "\"keys\":{\"n\":1},\"if\":{\"k\":1}")).contains("\"st\":206", "\"revs\":{\"k\":");
        assertThat(value("n")).isEqualTo("absent");
    }

    @Test
    void shouldReturnTheRevisionsOfKeysWithoutSessions() {
        CommandRunner runner = CommandRunner.withoutSessions();

        assertThat(runner.run("""
                {"KV_INCR":{"keys":{"a":1,"b":2,"c":3},"revs":true}}""")).matches("""
                \\{"KV_INCR_RSP":\\{"keys":\\{"a":1,"b":2,"c":3},"revs":\\{"a":\\d+,"b":\\d+,"c":\\d+}}}""");
        assertThat(runner.run("""
                {"KV_MERGE":{"keys":{"a":1},"revs":true}}""")).matches("""
                \\{"KV_MERGE_RSP":\\{"keys":\\{"a":21},"rev":\\d+}}""");
    }

    @Test
    void shouldChangeTheKeysOfOtherOwnersWithoutSessionsIfOneOwnerFails() {
        CommandRunner runner = CommandRunner.withoutSessions();
        runner.run("""
                {"KV_SET":{"keys":{"a":1,"b":"x","c":3}}}""");

        String failed = runner.run("""
                {"KV_INCR":{"keys":{"a":1,"b":1,"c":1}}}""");

        assertThat(failed).isEqualTo("""
                {"KV_INCR_RSP":{"st":201,"m":"%s","notApplied":["a","b"]}}""".formatted(Messages.PARTITIONS_FAILED));
        assertThat(runner.run("""
                {"KV_GET":{"keys":["a","b","c"]}}""")).endsWith("{\"a\":1,\"b\":\"x\",\"c\":4}}}");
    }
}
