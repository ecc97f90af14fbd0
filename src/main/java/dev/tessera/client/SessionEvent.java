package dev.tessera.client;

import dev.tessera.event.EventKind;
import java.util.Collections;
import java.util.Map;

/**
 * Something that happened to a session.
 *
 * @param token whose; null where sessions are switched off and the keys are everybody's
 * @param kind what happened
 * @param keys which keys, with their new values, in their order; the values are null where keys were removed, and the
 *     map is empty where all were
 */
public record SessionEvent(SessionToken token, EventKind kind, Map<String, JsonText> keys) {

    /** Keeps the map, which must not change any more. */
    public SessionEvent {
        keys = Collections.unmodifiableMap(keys);
    }
}
