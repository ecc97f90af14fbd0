package dev.tessera.client;

import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands on keys with JSON values that run alone ({@link TesseraKeys}) or in a {@link TesseraBatch}.
 *
 * <p>A stored value may have any type that {@link JsonText#encode} takes; a {@link JsonText} is stored as it is. A key
 * or value without a JSON form fails the future, with an {@link IllegalArgumentException} or an
 * {@link io.vertx.core.json.EncodeException}. A null key, path, map, collection or option is a fault of the program:
 * the method itself throws a {@link NullPointerException} that names it.
 */
public interface KeyCommands {

    /** Stores a key. Returns true if it is new, false if it was replaced. */
    Future<Boolean> set(String key, @Nullable Object value);

    /**
     * Stores a key with a time to live; see {@link #set(String, Object)}.
     *
     * @param ttl whole milliseconds; zero for a key without an end
     */
    default Future<Boolean> set(String key, @Nullable Object value, Duration ttl) {
        return set(key, value, new WriteOptions().setTtl(ttl));
    }

    /** Stores a key; see {@link #set(String, Object)}. */
    Future<Boolean> set(String key, @Nullable Object value, WriteOptions options);

    /**
     * Stores keys in one step, in the order of the map.
     *
     * @param entries at least one
     * @return {@code KEY_SET} or {@code KEY_UPDATED} for each key
     */
    Future<Map<String, Status>> set(Map<String, ?> entries);

    /** Stores keys in one step; see {@link #set(Map)}. */
    Future<Map<String, Status>> set(Map<String, ?> entries, WriteOptions options);

    /** Stores a key unless it exists. Returns whether it was stored. */
    Future<Boolean> add(String key, @Nullable Object value);

    /**
     * Stores a key with a time to live unless it exists; see {@link #add(String, Object)}.
     *
     * @param ttl whole milliseconds; zero for a key without an end
     */
    default Future<Boolean> add(String key, @Nullable Object value, Duration ttl) {
        return add(key, value, new WriteOptions().setTtl(ttl));
    }

    /** Stores a key unless it exists; see {@link #add(String, Object)}. */
    Future<Boolean> add(String key, @Nullable Object value, WriteOptions options);

    /** Stores the keys that do not exist. Returns {@code KEY_SET} or {@code KEY_EXISTS} for each key. */
    Future<Map<String, Status>> add(Map<String, ?> entries);

    /** Stores the keys that do not exist; see {@link #add(Map)}. */
    Future<Map<String, Status>> add(Map<String, ?> entries, WriteOptions options);

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

    /** Removes all keys and stores others; see {@link #clearSet(Map)}. */
    Future<Integer> clearSet(Map<String, ?> entries, WriteOptions options);

    /** Returns the number of keys. */
    Future<Integer> count();

    /** Returns the names of all keys, in the order of their insertion. */
    Future<List<String>> keys();

    /** Replaces all matches of a JSONPath in the value of a key. Returns their number; 0 if the key does not exist. */
    Future<Integer> update(String key, String path, @Nullable Object value);

    /**
     * Merges a JSON merge patch (RFC 7396) into the value of a key. The rest of the value keeps its text. A key that
     * does not exist counts as an empty object. Returns true if the key is new.
     */
    Future<Boolean> merge(String key, @Nullable Object patch);

    /** Merges a JSON merge patch into the value of a key; see {@link #merge(String, Object)}. */
    Future<Boolean> merge(String key, @Nullable Object patch, WriteOptions options);

    /**
     * Applies a JSON patch (RFC 6902) to the value of a key, all operations or none. The rest of the value keeps its
     * text. Fails with {@code KEY_NOT_EXIST} if the key does not exist, with {@code NO_PATH} if a place does not, and
     * with a {@link ConflictException} if a {@code test} fails; see {@link TesseraException#operationIndex()}.
     *
     * @param operations a JSON array of operations
     */
    Future<Void> patch(String key, Object operations);

    /** Applies a JSON patch to the value of a key; see {@link #patch(String, Object)}. */
    Future<Void> patch(String key, Object operations, WriteOptions options);

    /**
     * Adds a number to the value of a key, exactly. A key that does not exist counts as 0. Returns the sum. Fails with
     * {@code KEY_TYPE_INVALID} if the value is not a number.
     *
     * @param amount any number, also a negative one
     */
    Future<BigDecimal> increment(String key, BigDecimal amount);

    /** Adds a number, optionally at a path in the value; see {@link #increment(String, BigDecimal)}. */
    Future<BigDecimal> increment(String key, BigDecimal amount, WriteOptions options);

    /**
     * Appends elements to the array in a key. A key that does not exist counts as an empty array. Returns the new
     * length. Fails with {@code KEY_TYPE_INVALID} if the value is not an array.
     */
    Future<Integer> append(String key, Collection<?> elements);

    /** Appends elements, at a path in the value or up to a maximum if set; see {@link #append(String, Collection)}. */
    Future<Integer> append(String key, Collection<?> elements, WriteOptions options);

    /**
     * Returns the time that a key has left, rounded up to seconds: zero if it has no end, null if it does not exist.
     */
    Future<@Nullable Duration> ttl(String key);

    /** Returns the time that each existing key has left, in the order of the keys; see {@link #ttl(String)}. */
    Future<Map<String, Duration>> ttl(Collection<String> keys);

    /**
     * Sets the time to live of a key from now on. Returns whether the key exists.
     *
     * @param ttl whole milliseconds; zero for a key without an end
     */
    Future<Boolean> expire(String key, Duration ttl);

    /** Sets the time to live of keys from now on. Returns the time that each existing key has left. */
    Future<Map<String, Duration>> expire(Collection<String> keys, Duration ttl);
}
