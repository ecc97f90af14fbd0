package dev.tessera.client;

import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of a session, or of the global key space, as commands. */
class CommandKeys implements TesseraKeys {

    /** The one key of a session whose removal the answer of KV_RMV does not report. */
    private static final String UNREPORTED_KEY = "tkn";

    private final CallQueue calls;
    /** Null for the global key space. */
    private final @Nullable SessionToken token;

    CommandKeys(CallQueue calls, @Nullable SessionToken token) {
        this.calls = calls;
        this.token = token;
    }

    @Override
    public Future<Boolean> set(String key, @Nullable Object value) {
        return set(Collections.singletonMap(key, value)).map(statuses -> statuses.get(key) == Status.KEY_SET);
    }

    @Override
    public Future<Map<String, Status>> set(Map<String, ?> entries) {
        return submit(command("KV_SET").entries(entries), answer -> answer.statuses(answer.member("keys")));
    }

    @Override
    public Future<Boolean> add(String key, @Nullable Object value) {
        return add(Collections.singletonMap(key, value)).map(statuses -> statuses.get(key) == Status.KEY_SET);
    }

    @Override
    public Future<Map<String, Status>> add(Map<String, ?> entries) {
        return submit(command("KV_ADD").entries(entries), answer -> answer.statuses(answer.member("keys")));
    }

    @Override
    public Future<@Nullable JsonText> get(String key) {
        return get(Collections.singletonList(key)).map(values -> values.get(key));
    }

    @Override
    public Future<Map<String, JsonText>> get(Collection<String> keys) {
        return submit(command("KV_GET").keys(keys), answer -> {
            Map<String, JsonText> values = answer.values(answer.member("keys"));
            values.values().removeIf(JsonText::isNull);
            return values;
        });
    }

    @Override
    public Future<Boolean> contains(String key) {
        return submit(
                command("KV_CONTAINS").keys(Collections.singletonList(key)),
                answer -> AnswerReader.flag(AnswerReader.member(answer.object(answer.member("keys")), key)));
    }

    @Override
    public Future<Boolean> remove(String key) {
        Arguments.notNull(key, "key");
        if (token != null && key.equals(UNREPORTED_KEY)) {
            // Both commands are adjacent in one batch for one store, so that no other command comes between them.
            Future<Boolean> wasThere = contains(key);
            return submit(command("KV_RMV").keys(List.of(key)), AnswerReader::body)
                    .compose(removed -> wasThere);
        }
        return submit(
                command("KV_RMV").keys(List.of(key)),
                answer -> AnswerReader.number(answer.member(key)) == Status.KEY_REMOVED.code());
    }

    @Override
    public Future<Integer> clear() {
        return submit(command("KV_CLEAR"), CommandKeys::count);
    }

    @Override
    public Future<Integer> clearSet(Map<String, ?> entries) {
        return submit(command("KV_CLEAR_SET").entries(entries), CommandKeys::count);
    }

    @Override
    public Future<Integer> count() {
        return submit(command("KV_COUNT"), CommandKeys::count);
    }

    @Override
    public Future<List<String>> keys() {
        return submit(command("KV_KEYS"), answer -> answer.strings(answer.member("keys")));
    }

    @Override
    public Future<List<String>> findKeys(String path, String... keys) {
        return submit(find("keys", path, keys), answer -> answer.strings(answer.member("keys")));
    }

    @Override
    public Future<List<String>> findPaths(String path, String... keys) {
        return submit(find("paths", path, keys), answer -> answer.strings(answer.member("paths")));
    }

    @Override
    public Future<Map<String, JsonText>> find(String path, String... keys) {
        return submit(find("kv", path, keys), answer -> answer.values(answer.member("keys")));
    }

    private CommandText find(String form, String path, String... keys) {
        return command("KV_FIND")
                .text("rsp", form)
                .text("path", path)
                .keys(Arrays.asList(Arguments.notNull(keys, "array of keys")));
    }

    @Override
    public Future<Integer> update(String key, String path, @Nullable Object value) {
        return submit(
                command("KV_UPDATE").text("key", key).text("path", path).value("value", value), CommandKeys::count);
    }

    final CommandText command(String name) {
        return token == null ? CommandText.of(name) : CommandText.of(name, token);
    }

    final <T> Future<T> submit(CommandText command, Function<AnswerReader, T> result) {
        return calls.submit(command, result);
    }

    private static int count(AnswerReader answer) {
        return (int) AnswerReader.number(answer.member("cnt"));
    }
}
