package dev.tessera.client;

import dev.tessera.event.EventKind;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a session.
 *
 * @param token the token of the session; null for the global key space of a server without sessions
 * @param kind the kind of the change
 * @param keys the changed keys with their new values, in order; the values are null if the keys were removed, and the
 *     map is empty if all keys were
 */
public record SessionEvent(@Nullable SessionToken token, EventKind kind, Map<String, @Nullable JsonText> keys) {

    /** Wraps the map, which must not change afterwards. */
    public SessionEvent {
        keys = Collections.unmodifiableMap(keys);
    }
}
