package dev.tessera.client;

import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keys with JSON values: those of a session or, where sessions are switched off, those of everybody. Thread-safe.
 *
 * <p>Values that are stored may be of any type that {@link JsonText#encode} takes; a {@link JsonText} is stored as it
 * is. A method throws {@link IllegalArgumentException} at once if there is no JSON for a key or value.
 */
public interface TesseraKeys {

    /** Stores a key; true if it is new, false if it was replaced. */
    Future<Boolean> set(String key, Object value);

    /**
     * Stores keys, all at once, in the order of the map.
     *
     * @param entries at least one
     * @return for each key {@code KEY_SET} or {@code KEY_UPDATED}
     */
    Future<Map<String, Status>> set(Map<String, ?> entries);

    /** Stores a key unless it exists; true if it was stored. */
    Future<Boolean> add(String key, Object value);

    /** Stores those keys that do not exist; for each key {@code KEY_SET} or {@code KEY_EXISTS}. */
    Future<Map<String, Status>> add(Map<String, ?> entries);

    /** The value of a key; null if it does not exist, and also if its value is JSON's null. */
    Future<JsonText> get(String key);

    /** The values of those keys that exist and whose value is not JSON's null, in the order of the keys. */
    Future<Map<String, JsonText>> get(Collection<String> keys);

    /** Says whether a key exists. */
    Future<Boolean> contains(String key);

    /** Removes a key; says whether it existed. */
    Future<Boolean> remove(String key);

    /** Removes all keys; says how many there were. */
    Future<Integer> clear();

    /** Removes all keys and stores others, as one step; says how many were removed. */
    Future<Integer> clearSet(Map<String, ?> entries);

    /** Counts the keys. */
    Future<Integer> count();

    /** The names of all keys, in the order of their insertion. */
    Future<List<String>> keys();

    /**
     * The names of keys in whose values a JSONPath finds something.
     *
     * @param keys search only these; all where none is named
     */
    Future<List<String>> findKeys(String path, String... keys);

    /** The normalized paths of what a JSONPath finds in all values, or in those of some keys. */
    Future<List<String>> findPaths(String path, String... keys);

    /** The keys in whose values a JSONPath finds something, with their whole values. */
    Future<Map<String, JsonText>> find(String path, String... keys);

    /**
     * Puts a value in the place of all that a JSONPath finds in the value of a key; says in how many, 0 if there is no
     * such key.
     */
    Future<Integer> update(String key, String path, Object value);
}
