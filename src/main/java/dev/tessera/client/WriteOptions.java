package dev.tessera.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a command that writes keys. Without them, a replaced value loses its time to live, and a value that is
 * changed in place keeps it. Not thread-safe.
 */
public final class WriteOptions {

    private @Nullable Duration ttl;
    private boolean keepTtl;
    private @Nullable Duration ttlNew;
    private Map<String, Long> revisions = Map.of();
    private @Nullable String path;
    private @Nullable Integer max;

    /** Creates options without any effect. */
    public WriteOptions() {}

    /** Copies options. */
    public WriteOptions(WriteOptions other) {
        ttl = other.ttl;
        keepTtl = other.keepTtl;
        ttlNew = other.ttlNew;
        revisions = other.revisions;
        path = other.path;
        max = other.max;
    }

    /** Returns the time to live of the keys; null if the command has its own rule, zero if they have no end. */
    public @Nullable Duration getTtl() {
        return ttl;
    }

    /**
     * Sets the time to live of the keys, from now on; zero for keys without an end.
     *
     * @param value whole milliseconds, because the protocol has seconds with three decimals
     * @throws IllegalArgumentException if it is negative, or has a fraction of a millisecond
     */
    public WriteOptions setTtl(Duration value) {
        ttl = Arguments.ttl(value, "ttl");
        return this;
    }

    /** Returns whether the keys keep the time to live that they have; false by default. */
    public boolean isKeepTtl() {
        return keepTtl;
    }

    /** Sets whether the keys keep the time to live that they have, unless {@link #setTtl} sets another. */
    public WriteOptions setKeepTtl(boolean value) {
        keepTtl = value;
        return this;
    }

    /** Returns the time to live of the keys that the command creates; null if {@link #getTtl()} applies to them. */
    public @Nullable Duration getTtlNew() {
        return ttlNew;
    }

    /**
     * Sets the time to live of the keys that the command creates; zero for keys without an end.
     *
     * @param value whole milliseconds
     * @throws IllegalArgumentException if it is negative, or has a fraction of a millisecond
     */
    public WriteOptions setTtlNew(Duration value) {
        ttlNew = Arguments.ttl(value, "ttlNew");
        return this;
    }

    /** Returns the revisions that keys must have; empty by default. */
    public Map<String, Long> getRevisions() {
        return revisions;
    }

    /**
     * Sets the revisions that keys must have, which need not be the keys that the command writes. If one has another
     * revision, the command changes nothing and fails with a {@link ConflictException}. In a batch,
     * {@link TesseraBatch#require} does this for all commands together.
     *
     * @param value the revision of each key; 0 for a key that must not exist
     */
    public WriteOptions setRevisions(Map<String, Long> value) {
        Map<String, Long> copy = new LinkedHashMap<>();
        Arguments.notNull(value, "map of revisions")
                .forEach((key, revision) -> copy.put(
                        Arguments.notNull(key, "key"), Arguments.revision(Arguments.notNull(revision, "revision"))));
        revisions = Collections.unmodifiableMap(copy);
        return this;
    }

    /** Returns a copy that also requires the revision of a key. */
    WriteOptions withRevision(String key, long revision) {
        WriteOptions copy = new WriteOptions(this);
        copy.revisions = new LinkedHashMap<>(revisions);
        copy.revisions.put(key, Arguments.revision(revision));
        return copy;
    }

    /** Returns the place in the value that the command changes; null for the whole value. */
    public @Nullable String getPath() {
        return path;
    }

    /** Sets the place in the value that {@code increment} or {@code append} changes: a JSONPath to a single place. */
    public WriteOptions setPath(String value) {
        path = Arguments.notNull(value, "path");
        return this;
    }

    /** Returns the number of last elements that {@code append} keeps; null for all. */
    public @Nullable Integer getMax() {
        return max;
    }

    /**
     * Sets the number of last elements that {@code append} keeps.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public WriteOptions setMax(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("max must not be negative");
        }
        max = value;
        return this;
    }
}
