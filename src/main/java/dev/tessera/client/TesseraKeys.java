package dev.tessera.client;

import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys with JSON values: those of a session or, on a server without sessions, the global key space. Thread-safe.
 *
 * <p>A stored value may have any type that {@link JsonText#encode} takes; a {@link JsonText} is stored as it is. A key
 * or value without a JSON form fails the future, with an {@link IllegalArgumentException} or an
 * {@link io.vertx.core.json.EncodeException}. A null key, path, map or collection is a fault of the program: the method
 * itself throws a {@link NullPointerException} that names it.
 */
public interface TesseraKeys {

    /** Stores a key. Returns true if it is new, false if it was replaced. */
    Future<Boolean> set(String key, @Nullable Object value);

    /**
     * Stores keys in one step, in the order of the map.
     *
     * @param entries at least one
     * @return {@code KEY_SET} or {@code KEY_UPDATED} for each key
     */
    Future<Map<String, Status>> set(Map<String, ?> entries);

    /** Stores a key unless it exists. Returns whether it was stored. */
    Future<Boolean> add(String key, @Nullable Object value);

    /** Stores the keys that do not exist. Returns {@code KEY_SET} or {@code KEY_EXISTS} for each key. */
    Future<Map<String, Status>> add(Map<String, ?> entries);

    /** Returns the value of a key, or null if the key does not exist or its value is JSON's null. */
    Future<@Nullable JsonText> get(String key);

    /** Returns the values of the keys that exist and have another value than JSON's null, in the order of the keys. */
    Future<Map<String, JsonText>> get(Collection<String> keys);

    /** Returns whether a key exists. */
    Future<Boolean> contains(String key);

    /** Removes a key. Returns whether it existed. */
    Future<Boolean> remove(String key);

    /** Removes all keys. Returns their number. */
    Future<Integer> clear();

    /** Removes all keys and stores others, in one step. Returns the number of removed keys. */
    Future<Integer> clearSet(Map<String, ?> entries);

    /** Returns the number of keys. */
    Future<Integer> count();

    /** Returns the names of all keys, in the order of their insertion. */
    Future<List<String>> keys();

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

    /** Replaces all matches of a JSONPath in the value of a key. Returns their number; 0 if the key does not exist. */
    Future<Integer> update(String key, String path, @Nullable Object value);
}
