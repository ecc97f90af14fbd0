package dev.tessera.impl.command.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.ListPosition;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class KvListTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_A_NEXT = """
            {"KV_LIST_RSP":{"st":41,"tkn":7,"m":"%s"}}""".formatted(Messages.notNext("after"));
    private static final String WRONG_LIMIT = """
            {"KV_LIST_RSP":{"st":42,"tkn":7,"m":"%s"}}""".formatted(Messages.notBetween("limit", 1, 10_000));

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldListNothing() {
        assertThat(runner.run("{\"KV_LIST\":{\"tkn\":7}}")).isEqualTo("""
                {"KV_LIST_RSP":{"tkn":7,"st":1,"keys":[]}}""");
        assertThat(runner.run("{\"KV_LIST\":{\"tkn\":7,\"rsp\":\"kv\"}}")).isEqualTo("""
                {"KV_LIST_RSP":{"tkn":7,"st":1,"keys":{}}}""");
        assertThat(CommandRunner.withoutSessions().run("{\"KV_LIST\":{}}")).isEqualTo("""
                {"KV_LIST_RSP":{"st":1,"keys":[]}}""");
    }

    @Test
    void shouldReturnValuesByteForByte() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a\\u0062\\n": {"x" : 1.0, "y":[ 1e400 ]} }}}""");

        assertThat(runner.run("{\"KV_LIST\":{\"tkn\":7,\"rsp\":\"kv\"}}")).isEqualTo("""
                {"KV_LIST_RSP":{"tkn":7,"st":1,"keys":{"ab\\n":{"x" : 1.0, "y":[ 1e400 ]}}}}""");
        assertThat(runner.run("{\"KV_LIST\":{\"tkn\":7,\"rsp\":\"keys\",\"prefix\":\"a\"}}"))
                .isEqualTo("""
                {"KV_LIST_RSP":{"tkn":7,"st":1,"keys":["ab\\n"]}}""");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReturnTheRevisionOfEachKeyOnEveryPage(boolean sessions) throws Exception {
        CommandRunner listed = sessions ? runner : CommandRunner.withoutSessions();
        String token = sessions ? "\"tkn\":7," : "";
        Map<String, Long> expected = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            String reply = listed.run("""
                    {"KV_SET":{%s"keys":{"k%d":%d},"revs":true}}""".formatted(token, i, i));
            expected.put("k" + i, JSON.readTree(reply).at("/KV_SET_RSP/rev").longValue());
        }
        for (String form : List.of("keys", "kv")) {
            Map<String, Long> revisions = new HashMap<>();
            JsonNode next = null;
            do {
                JsonNode page = page(
                        listed,
                        "%s\"rsp\":\"%s\",\"limit\":7,\"revs\":true%s"
                                .formatted(token, form, next == null ? "" : ",\"after\":" + next));
                for (Map.Entry<String, JsonNode> one : page.get("revs").properties()) {
                    revisions.put(one.getKey(), one.getValue().longValue());
                }
                assertThat(page.get("revs").size()).isEqualTo(page.get("keys").size());
                next = page.get("next");
            } while (next != null);

            assertThat(revisions).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*", "[a]", "a?", "\\u005c", "\\\"", "a\\n", "é", "😀"})
    void shouldTakeAPrefixLiterally(String prefix) {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"%s":2,"%sx":3,"x%s":4}}}""".formatted(prefix, prefix, prefix));

        assertThat(list(runner, 7, prefix, 100, "")).hasSize(2).allMatch(key -> !key.startsWith("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "-1", "1.0", "1e2", "\"5\"", "null", "true", "[]", "18446744073709551616"})
    void shouldRefuseAnyOtherLimit(String limit) {
        assertThat(runner.run("{\"KV_LIST\":{\"tkn\":7,\"limit\":" + limit + "}}"))
                .isEqualTo(WRONG_LIMIT);
    }

    @Test
    void shouldRefuseTextsThatAreNoNext() {
        set(runner, 7, 0, 20);
        String next = page(runner, "\"tkn\":7,\"limit\":3").get("next").textValue();

        for (int i = 0; i < next.length(); i++) {
            String damaged = next.substring(0, i) + (next.charAt(i) == 'x' ? 'y' : 'x') + next.substring(i + 1);
            assertThat(after(damaged)).as(damaged).isEqualTo(NOT_A_NEXT);
        }
        for (String text : List.of("", "x", next + "x", next.substring(1), next + "=", "0".repeat(28))) {
            assertThat(after(text)).as(text).isEqualTo(NOT_A_NEXT);
        }
        assertThat(after(next)).contains("\"st\":1");
        assertThat(runner.run("{\"KV_LIST\":{\"tkn\":7,\"after\":7}}"))
                .isEqualTo("""
                {"KV_LIST_RSP":{"st":41,"tkn":7,"m":"%s"}}""".formatted(Messages.wrongType("after", "a string")));
    }

    @Test
    void shouldRefuseTheNextOfAnotherServerAndOfAnotherNumberOfPartitions() {
        KeyOrder other = KeyOrder.under("another secret".getBytes(UTF_8));
        KeyOrder same = KeyOrder.under("a secret".getBytes(UTF_8));

        assertThat(after(new String(other.seal(ListPosition.START), UTF_8))).isEqualTo(NOT_A_NEXT);
        assertThat(after(new String(same.seal(new ListPosition(3, 1, 0)), UTF_8)))
                .isEqualTo(NOT_A_NEXT);
        assertThat(after(new String(same.seal(ListPosition.START), UTF_8))).contains("\"st\":1");
        CommandRunner global = CommandRunner.withoutSessions();
        String wrong = """
                {"KV_LIST_RSP":{"st":41,"m":"%s"}}""".formatted(Messages.notNext("after"));
        for (ListPosition position :
                List.of(new ListPosition(4, 0, 0), new ListPosition(3, 3, 0), ListPosition.START)) {
            assertThat(global.run("{\"KV_LIST\":{\"after\":\"" + new String(same.seal(position), UTF_8) + "\"}}"))
                    .isEqualTo(wrong);
        }
    }

    private String after(String next) {
        return runner.run("{\"KV_LIST\":{\"tkn\":7,\"after\":\"" + next + "\"}}");
    }

    @Test
    void shouldRefuseAnUnknownForm() {
        assertThat(runner.run("{\"KV_LIST\":{\"tkn\":7,\"rsp\":\"paths\"}}"))
                .isEqualTo("""
                {"KV_LIST_RSP":{"st":13,"tkn":7,"m":"%s"}}""".formatted(Messages.notOneOf("rsp", List.of("keys", "kv"))));
    }

    @Test
    void shouldRefuseAnUnknownSession() {
        assertThat(runner.run("{\"KV_LIST\":{\"tkn\":8}}")).isEqualTo("""
                {"KV_LIST_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }

    /** A page is full although its rounds visit only some of the keys. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFillThePageOfARarePrefix(boolean sessions) {
        CommandRunner some = sessions ? new CommandRunner().session(7) : CommandRunner.withoutSessions();
        set(some, sessions ? 7 : 0, 0, 100_000);
        for (int i = 0; i < 5; i++) {
            some.run("{\"KV_SETQ\":{" + token(sessions) + "\"keys\":{\"rare:" + i + "\":1}}}");
        }

        JsonNode page = page(some, token(sessions) + "\"prefix\":\"rare:\",\"limit\":4");

        assertThat(page.get("keys")).hasSize(4);
        assertThat(list(some, sessions ? 7 : 0, "rare:", 4, "")).hasSize(5);
    }

    /** A page that takes too long ends early; the list goes on where it ended. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAPageAfterItsTime(boolean sessions) {
        AtomicLong now = new AtomicLong();
        List<Command> commands = new ArrayList<>(CommandRunner.COMMANDS);
        // Each look at the clock takes longer than a page may.
        commands.replaceAll(command -> command instanceof KvList
                ? new KvList(new SearchLimits(1, 1, 1, 1, 1, 1, 1), () -> now.addAndGet(2_000_000))
                : command);
        CommandRunner late = CommandRunner.of(commands, sessions).session(7);
        set(late, sessions ? 7 : 0, 0, 50_000);
        late.run("{\"KV_SETQ\":{" + token(sessions) + "\"keys\":{\"rare\":1}}}");

        int pages = 0;
        List<String> listed = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = page(late, token(sessions) + "\"prefix\":\"rare\"" + after);
            page.get("keys").forEach(key -> listed.add(key.textValue()));
            after = page.has("next") ? ",\"after\":\"" + page.get("next").textValue() + "\"" : "";
            pages++;
        } while (!after.isEmpty());

        assertThat(listed).containsExactly("rare");
        assertThat(pages).isBetween(3, 30);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldListEachKeyThatStaysExactlyOnce(boolean sessions) {
        for (long seed = 1; seed <= 25; seed++) {
            Random random = new Random(seed);
            CommandRunner some = sessions ? new CommandRunner().session(7) : CommandRunner.withoutSessions();
            Set<String> present = new HashSet<>();
            change(some, sessions, present, random, 1 + random.nextInt(2000));
            String prefix = random.nextBoolean() ? "" : "k1";
            Set<String> stayed = new HashSet<>(present);
            List<String> listed = new ArrayList<>();
            int limit = 1 + random.nextInt(200);
            String after = "";
            do {
                JsonNode page = page(
                        some,
                        token(sessions) + "\"rsp\":\"kv\",\"limit\":" + limit + ",\"prefix\":\"" + prefix + "\""
                                + after);
                JsonNode keys = page.get("keys");
                assertThat(keys.size()).isLessThanOrEqualTo(limit);
                boolean isLast = !page.has("next");
                assertThat(isLast || keys.size() == limit)
                        .as("seed %s: a full page", seed)
                        .isTrue();
                keys.fieldNames().forEachRemaining(listed::add);
                keys.forEach(value -> assertThat(value.intValue()).isEqualTo(1));
                change(some, sessions, present, random, random.nextInt(100));
                stayed.retainAll(present);
                after = isLast ? "" : ",\"after\":\"" + page.get("next").textValue() + "\"";
            } while (!after.isEmpty());

            stayed.removeIf(key -> !key.startsWith(prefix));
            assertThat(listed).as("seed %s", seed).doesNotHaveDuplicates().containsAll(stayed);
            some.checkInvariants();
        }
    }

    private static void change(CommandRunner runner, boolean sessions, Set<String> present, Random random, int count) {
        Set<String> added = random.ints(count, 0, 5000).mapToObj(i -> "k" + i).collect(Collectors.toSet());
        if (!added.isEmpty()) {
            runner.run("{\"KV_SETQ\":{" + token(sessions) + "\"keys\":{"
                    + added.stream().map(key -> "\"" + key + "\":1").collect(Collectors.joining(",")) + "}}}");
            present.addAll(added);
        }
        if (random.nextInt(3) == 0) {
            Set<String> removed =
                    present.stream().filter(key -> random.nextInt(10) < 8).collect(Collectors.toSet());
            if (!removed.isEmpty()) {
                runner.run("{\"KV_RMV\":{" + token(sessions) + "\"keys\":["
                        + removed.stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(",")) + "]}}");
                present.removeAll(removed);
            }
        }
        if (random.nextInt(20) == 0) {
            runner.run("{\"KV_CLEAR\":{" + token(sessions).replace(",", "") + "}}");
            present.clear();
        }
    }

    private static String token(boolean sessions) {
        return sessions ? "\"tkn\":7," : "";
    }

    private static void set(CommandRunner runner, long token, int from, int to) {
        StringBuilder keys = new StringBuilder();
        for (int i = from; i < to; i++) {
            keys.append(i == from ? "" : ",").append("\"k").append(i).append("\":1");
        }
        runner.run("{\"KV_SETQ\":{" + token(token != 0) + "\"keys\":{" + keys + "}}}");
    }

    private static List<String> list(CommandRunner runner, long token, String prefix, int limit, String first) {
        List<String> listed = new ArrayList<>();
        String after = first;
        do {
            JsonNode page =
                    page(runner, token(token != 0) + "\"prefix\":\"" + prefix + "\",\"limit\":" + limit + after);
            page.get("keys").forEach(key -> listed.add(key.textValue()));
            after = page.has("next") ? ",\"after\":\"" + page.get("next").textValue() + "\"" : "";
        } while (!after.isEmpty());
        return listed;
    }

    private static JsonNode page(CommandRunner runner, String parameters) {
        try {
            JsonNode page = JSON.readTree(runner.run("{\"KV_LIST\":{" + parameters + "}}"))
                    .get("KV_LIST_RSP");
            assertThat(page.get("st").intValue()).as(page.toString()).isEqualTo(1);
            return page;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
