package dev.tessera.client;

import org.jspecify.annotations.Nullable;

/**
 * The value of a key with its revision.
 *
 * @param value null if the key does not exist; a {@link JsonText} of {@code null} if that is its value
 * @param revision a number that grows with every change of the key; 0 if the key does not exist
 */
public record VersionedValue(@Nullable JsonText value, long revision) {

    /** The value of a key that does not exist. */
    static final VersionedValue NONE = new VersionedValue(null, 0);

    /** Returns whether the key exists. */
    public boolean exists() {
        return revision != 0;
    }
}
