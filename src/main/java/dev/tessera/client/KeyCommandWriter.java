package dev.tessera.client;

import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the commands on keys, and reads their answers. Subclasses send them. */
abstract class KeyCommandWriter implements KeyCommands {

    private static final WriteOptions NO_OPTIONS = new WriteOptions();

    private static final String KEYS = "keys";

    @Override
    public Future<Boolean> set(String key, @Nullable Object value) {
        return set(key, value, NO_OPTIONS);
    }

    @Override
    public Future<Boolean> set(String key, @Nullable Object value, WriteOptions options) {
        return set(Collections.singletonMap(key, value), options).map(statuses -> statuses.get(key) == Status.KEY_SET);
    }

    @Override
    public Future<Map<String, Status>> set(Map<String, ?> entries) {
        return set(entries, NO_OPTIONS);
    }

    @Override
    public Future<Map<String, Status>> set(Map<String, ?> entries, WriteOptions options) {
        return submit(command("KV_SET").entries(entries).options(options), KeyCommandWriter::statuses);
    }

    @Override
    public Future<Boolean> add(String key, @Nullable Object value) {
        return add(key, value, NO_OPTIONS);
    }

    @Override
    public Future<Boolean> add(String key, @Nullable Object value, WriteOptions options) {
        return add(Collections.singletonMap(key, value), options).map(statuses -> statuses.get(key) == Status.KEY_SET);
    }

    @Override
    public Future<Map<String, Status>> add(Map<String, ?> entries) {
        return add(entries, NO_OPTIONS);
    }

    @Override
    public Future<Map<String, Status>> add(Map<String, ?> entries, WriteOptions options) {
        return submit(command("KV_ADD").entries(entries).options(options), KeyCommandWriter::statuses);
    }

    @Override
    public Future<@Nullable JsonText> get(String key) {
        return get(Collections.singletonList(key)).map(values -> values.get(key));
    }

    @Override
    public Future<Map<String, JsonText>> get(Collection<String> keys) {
        return submit(command("KV_GET").keys(keys), answer -> {
            Map<String, JsonText> values = answer.values(answer.member(KEYS));
            values.values().removeIf(JsonText::isNull);
            return values;
        });
    }

    @Override
    public Future<Boolean> contains(String key) {
        return submit(
                command("KV_CONTAINS").keys(Collections.singletonList(key)),
                answer -> AnswerReader.flag(AnswerReader.member(answer.object(answer.member(KEYS)), key)));
    }

    @Override
    public Future<Boolean> remove(String key) {
        return submit(
                command("KV_RMV").keys(Collections.singletonList(key)),
                answer -> AnswerReader.number(answer.member(key)) == Status.KEY_REMOVED.code());
    }

    @Override
    public Future<Integer> clear() {
        return submit(command("KV_CLEAR"), KeyCommandWriter::count);
    }

    @Override
    public Future<Integer> clearSet(Map<String, ?> entries) {
        return clearSet(entries, NO_OPTIONS);
    }

    @Override
    public Future<Integer> clearSet(Map<String, ?> entries, WriteOptions options) {
        return submit(command("KV_CLEAR_SET").entries(entries).options(options), KeyCommandWriter::count);
    }

    @Override
    public Future<Integer> count() {
        return submit(command("KV_COUNT"), KeyCommandWriter::count);
    }

    @Override
    public Future<List<String>> keys() {
        return submit(command("KV_KEYS"), answer -> answer.strings(answer.member(KEYS)));
    }

    @Override
    public Future<Integer> update(String key, String path, @Nullable Object value) {
        return submit(
                command("KV_UPDATE").text("key", key).text("path", path).value("value", value),
                KeyCommandWriter::count);
    }

    @Override
    public Future<Boolean> merge(String key, @Nullable Object patch) {
        return merge(key, patch, NO_OPTIONS);
    }

    @Override
    public Future<Boolean> merge(String key, @Nullable Object patch, WriteOptions options) {
        return submit(
                command("KV_MERGE")
                        .entries(Collections.singletonMap(key, patch))
                        .options(options),
                answer -> statuses(answer).get(key) == Status.KEY_SET);
    }

    @Override
    public Future<Void> patch(String key, Object operations) {
        return patch(key, operations, NO_OPTIONS);
    }

    @Override
    public Future<Void> patch(String key, Object operations, WriteOptions options) {
        return submit(
                        command("KV_PATCH")
                                .text("key", key)
                                .value("ops", Arguments.notNull(operations, "operations"))
                                .options(options),
                        AnswerReader::body)
                .mapEmpty();
    }

    @Override
    public Future<BigDecimal> increment(String key, BigDecimal amount) {
        return increment(key, amount, NO_OPTIONS);
    }

    @Override
    public Future<BigDecimal> increment(String key, BigDecimal amount, WriteOptions options) {
        return submit(
                command("KV_INCR").amount(key, amount).options(options, CommandText.PATH),
                answer -> new BigDecimal(AnswerReader.member(answer.object(answer.member(KEYS)), key)
                        .toString()));
    }

    @Override
    public Future<Integer> append(String key, Collection<?> elements) {
        return append(key, elements, NO_OPTIONS);
    }

    @Override
    public Future<Integer> append(String key, Collection<?> elements, WriteOptions options) {
        return submit(
                command("KV_APPEND").elements(key, elements).options(options, CommandText.PATH, CommandText.MAX),
                answer -> (int) AnswerReader.number(AnswerReader.member(answer.object(answer.member(KEYS)), key)));
    }

    @Override
    public Future<@Nullable Duration> ttl(String key) {
        return ttl(Collections.singletonList(key)).map(left -> left.get(key));
    }

    @Override
    public Future<Map<String, Duration>> ttl(Collection<String> keys) {
        return submit(command("KV_TTL").keys(keys), answer -> answer.durations(answer.member(KEYS)));
    }

    @Override
    public Future<Boolean> expire(String key, Duration ttl) {
        return expire(Collections.singletonList(key), ttl).map(left -> left.containsKey(key));
    }

    @Override
    public Future<Map<String, Duration>> expire(Collection<String> keys, Duration ttl) {
        return submit(
                command("KV_EXPIRE").keys(keys).seconds("ttl", Arguments.ttl(ttl, "ttl")),
                answer -> answer.durations(answer.member(KEYS)));
    }

    /** Begins a command on the keys. */
    abstract CommandText command(String name);

    /** Sends a command, alone or with others. */
    abstract <T> Future<T> submit(CommandText command, Function<AnswerReader, T> result);

    private static Map<String, Status> statuses(AnswerReader answer) {
        return answer.statuses(answer.member(KEYS));
    }

    private static int count(AnswerReader answer) {
        return (int) AnswerReader.number(answer.member("cnt"));
    }
}
