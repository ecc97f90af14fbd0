package dev.tessera.client;

import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keys behind commands: of a session, or of everybody. */
class CommandKeys implements TesseraKeys {

    /** The one key of a session about whose removal the protocol says nothing. */
    private static final String UNTOLD_KEY = "tkn";

    private final CallQueue calls;
    /** Null where the keys are everybody's. */
    private final SessionToken token;

    CommandKeys(CallQueue calls, SessionToken token) {
        this.calls = calls;
        this.token = token;
    }

    @Override
    public Future<Boolean> set(String key, Object value) {
        return set(Collections.singletonMap(key, value)).map(statuses -> statuses.get(key) == Status.KEY_SET);
    }

    @Override
    public Future<Map<String, Status>> set(Map<String, ?> entries) {
        return submit(
                command("KV_SET").entries(entries),
                answer -> answer.statuses(answer.body().get("keys")));
    }

    @Override
    public Future<Boolean> add(String key, Object value) {
        return add(Collections.singletonMap(key, value)).map(statuses -> statuses.get(key) == Status.KEY_SET);
    }

    @Override
    public Future<Map<String, Status>> add(Map<String, ?> entries) {
        return submit(
                command("KV_ADD").entries(entries),
                answer -> answer.statuses(answer.body().get("keys")));
    }

    @Override
    public Future<JsonText> get(String key) {
        return get(List.of(key)).map(values -> values.get(key));
    }

    @Override
    public Future<Map<String, JsonText>> get(Collection<String> keys) {
        return submit(command("KV_GET").keys(keys), answer -> {
            Map<String, JsonText> values = answer.values(answer.body().get("keys"));
            values.values().removeIf(JsonText::isNull);
            return values;
        });
    }

    @Override
    public Future<Boolean> contains(String key) {
        return submit(
                command("KV_CONTAINS").keys(List.of(key)),
                answer -> AnswerReader.flag(
                        answer.object(answer.body().get("keys")).get(key)));
    }

    @Override
    public Future<Boolean> remove(String key) {
        if (token != null && key.equals(UNTOLD_KEY)) {
            // Both commands lie side by side in one batch for one store, so that nothing comes between them.
            Future<Boolean> wasThere = contains(key);
            return submit(command("KV_RMV").keys(List.of(key)), AnswerReader::body)
                    .compose(removed -> wasThere);
        }
        return submit(
                command("KV_RMV").keys(List.of(key)),
                answer -> AnswerReader.number(answer.body().get(key)) == Status.KEY_REMOVED.code());
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
        return submit(command("KV_KEYS"), answer -> answer.strings(answer.body().get("keys")));
    }

    @Override
    public Future<List<String>> findKeys(String path, String... keys) {
        return submit(
                find("keys", path, keys), answer -> answer.strings(answer.body().get("keys")));
    }

    @Override
    public Future<List<String>> findPaths(String path, String... keys) {
        return submit(
                find("paths", path, keys),
                answer -> answer.strings(answer.body().get("paths")));
    }

    @Override
    public Future<Map<String, JsonText>> find(String path, String... keys) {
        return submit(
                find("kv", path, keys), answer -> answer.values(answer.body().get("keys")));
    }

    private CommandText find(String form, String path, String... keys) {
        return command("KV_FIND").text("rsp", form).text("path", path).keys(List.of(keys));
    }

    @Override
    public Future<Integer> update(String key, String path, Object value) {
        return submit(
                command("KV_UPDATE").text("key", key).text("path", path).value("value", value), CommandKeys::count);
    }

    final CommandText command(String name) {
        return token == null ? CommandText.of(name) : CommandText.of(name, token);
    }

    final <T> Future<T> submit(CommandText command, Function<AnswerReader, T> result) {
        return calls.submit(command.end(), result);
    }

    private static int count(AnswerReader answer) {
        return (int) AnswerReader.number(answer.body().get("cnt"));
    }
}
