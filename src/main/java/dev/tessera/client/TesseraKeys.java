package dev.tessera.client;

import io.vertx.core.Future;
import io.vertx.core.streams.ReadStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys with JSON values: those of a session or, on a server without sessions, the global key space. See
 * {@link KeyCommands} for values, failures and nulls. Thread-safe.
 */
public interface TesseraKeys extends KeyCommands {

    /** Returns the value of a key with its revision. */
    Future<VersionedValue> getVersioned(String key);

    /** Returns the values of keys with their revisions, in the order of the keys, those that do not exist included. */
    Future<Map<String, VersionedValue>> getVersioned(Collection<String> keys);

    /**
     * Stores a key if it has a revision. Returns its new revision. Fails with a {@link ConflictException} if it has
     * another one.
     *
     * @param revision the revision that the key must have; 0 if it must not exist
     */
    default Future<Long> replace(String key, @Nullable Object value, long revision) {
        return replace(key, value, revision, new WriteOptions());
    }

    /** Stores a key if it has a revision; see {@link #replace(String, Object, long)}. */
    Future<Long> replace(String key, @Nullable Object value, long revision, WriteOptions options);

    /**
     * Removes a key if it has a revision. Fails with a {@link ConflictException} if it has another one.
     *
     * @param revision the revision that the key must have; 0 if it must not exist
     */
    Future<Void> remove(String key, long revision);

    /**
     * Computes the value of a key from its present value. Repeats this if another client changes the key meanwhile, up
     * to {@link TesseraClientOptions#getMaxComputeAttempts()} times; then it fails with a {@link ConflictException}.
     * The key keeps its time to live. An exception of the function fails the future, and nothing changes.
     *
     * @param function returns the new value from the present one, which is null if the key does not exist; it returns
     *     null to remove the key. It may run several times, on the context of the caller
     * @return the new value with its revision
     */
    Future<VersionedValue> compute(String key, Function<? super @Nullable JsonText, ?> function);

    /**
     * Computes the value of a key from its present value, with a function that returns a future; see {@link #compute}.
     */
    Future<VersionedValue> computeAsync(String key, Function<? super @Nullable JsonText, ? extends Future<?>> function);

    /**
     * Returns the names of the keys in whose values a JSONPath matches.
     *
     * @param keys searches only these keys; all keys if empty
     */
    Future<List<String>> findKeys(String path, String... keys);

    /** Returns the normalized paths of all matches of a JSONPath in all values, or in those of some keys. */
    Future<List<String>> findPaths(String path, String... keys);

    /** Returns the keys in whose values a JSONPath matches, with their whole values. */
    Future<Map<String, JsonText>> find(String path, String... keys);

    /**
     * Lists the names of all keys that begin with a prefix, in no particular order. A key that exists all the time
     * comes exactly once. The stream begins when it has a handler, and reads a page from the server when the handler
     * has taken the one before. It needs no closing: without a handler or while it is paused, it reads no further page.
     *
     * @param prefix the literal beginning; empty for all keys
     */
    ReadStream<String> listKeys(String prefix);

    /** Lists the keys that begin with a prefix, with their values and revisions; see {@link #listKeys}. */
    ReadStream<Map.Entry<String, VersionedValue>> list(String prefix);
}
