package dev.tessera.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of a session, or of the global key space, as commands. */
class CommandKeys extends KeyCommandWriter implements TesseraKeys {

    /** The one key of a session whose removal the answer of KV_RMV does not report. */
    private static final String UNREPORTED_KEY = "tkn";

    /** The form of an answer with the names of keys. */
    private static final String NAMES = "keys";
    /** The form of an answer with keys and values. */
    private static final String ENTRIES = "kv";

    private final CallQueue calls;
    /** Null for the global key space. */
    private final @Nullable SessionToken token;

    CommandKeys(CallQueue calls, @Nullable SessionToken token) {
        this.calls = calls;
        this.token = token;
    }

    @Override
    public Future<VersionedValue> getVersioned(String key) {
        return getVersioned(Collections.singletonList(key))
                .map(values -> values.getOrDefault(key, VersionedValue.NONE));
    }

    @Override
    public Future<Map<String, VersionedValue>> getVersioned(Collection<String> keys) {
        return submit(command("KV_GET").keys(keys).revisions(), AnswerReader::versionedValues);
    }

    @Override
    public Future<Boolean> remove(String key) {
        if (token == null || !Arguments.notNull(key, "key").equals(UNREPORTED_KEY)) {
            return super.remove(key);
        }
        // Both commands are adjacent in one batch for one store, so that no other command comes between them.
        Future<Boolean> wasThere = contains(key);
        return submit(command("KV_RMV").keys(List.of(key)), AnswerReader::body).compose(removed -> wasThere);
    }

    @Override
    public Future<Void> remove(String key, long revision) {
        return submit(
                        command("KV_RMV")
                                .keys(Collections.singletonList(key))
                                .condition(Collections.singletonMap(key, Arguments.revision(revision))),
                        AnswerReader::body)
                .mapEmpty();
    }

    @Override
    public Future<Long> replace(String key, @Nullable Object value, long revision, WriteOptions options) {
        Arguments.notNull(options, "options");
        return submit(
                command("KV_SET")
                        .entries(Collections.singletonMap(key, value))
                        .options(options.withRevision(key, revision))
                        .revisions(),
                AnswerReader::revision);
    }

    @Override
    public Future<VersionedValue> compute(String key, Function<? super @Nullable JsonText, ?> function) {
        Arguments.notNull(function, "function");
        return new Compute(this, calls, key, present -> Future.succeededFuture(function.apply(present))).run();
    }

    @Override
    public Future<VersionedValue> computeAsync(
            String key, Function<? super @Nullable JsonText, ? extends Future<?>> function) {
        return new Compute(this, calls, key, Arguments.notNull(function, "function")).run();
    }

    @Override
    public Future<List<String>> findKeys(String path, String... keys) {
        return submit(find(NAMES, path, keys), answer -> answer.strings(answer.member("keys")));
    }

    @Override
    public Future<List<String>> findPaths(String path, String... keys) {
        return submit(find("paths", path, keys), answer -> answer.strings(answer.member("paths")));
    }

    @Override
    public Future<Map<String, JsonText>> find(String path, String... keys) {
        return submit(find(ENTRIES, path, keys), answer -> answer.values(answer.member("keys")));
    }

    private CommandText find(String form, String path, String... keys) {
        return command("KV_FIND")
                .text("rsp", form)
                .text("path", path)
                .keys(Arrays.asList(Arguments.notNull(keys, "array of keys")));
    }

    @Override
    public ReadStream<String> listKeys(String prefix) {
        return list(prefix, NAMES, answer -> answer.strings(answer.member("keys")));
    }

    @Override
    public ReadStream<Map.Entry<String, VersionedValue>> list(String prefix) {
        return list(
                prefix, ENTRIES, answer -> List.copyOf(answer.versionedValues().entrySet()));
    }

    private <T> ReadStream<T> list(String prefix, String form, Function<AnswerReader, List<T>> items) {
        Arguments.notNull(prefix, "prefix");
        return new KeyList<>(callerContext(), after -> {
            CommandText text = command("KV_LIST").text("prefix", prefix).text("rsp", form);
            if (form.equals(ENTRIES)) {
                text.revisions();
            }
            if (after != null) {
                text.text("after", after);
            }
            return submit(text, answer -> new KeyList.Page<>(items.apply(answer), answer.text("next")));
        });
    }

    /** Returns the context of the caller, or that of the client if the caller has none. */
    final Context callerContext() {
        Context current = Vertx.currentContext();
        return current == null ? calls.context() : current;
    }

    @Override
    final CommandText command(String name) {
        return token == null ? CommandText.of(name) : CommandText.of(name, token);
    }

    @Override
    final <T> Future<T> submit(CommandText command, Function<AnswerReader, T> result) {
        return calls.submit(command, result);
    }
}
