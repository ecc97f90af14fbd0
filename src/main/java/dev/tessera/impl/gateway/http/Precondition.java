package dev.tessera.impl.gateway.http;

import io.vertx.core.MultiMap;

/**
 * What a request asks of its resource before it may be executed (RFC 9110, section 13). Nothing here has an entity tag,
 * so a list of tags never matches, and nothing has a date, so {@code If-Modified-Since} and {@code If-Unmodified-Since}
 * are to be ignored.
 */
enum Precondition {
    /** Nothing; also where {@code If-None-Match} lists tags, none of which matches. */
    NONE,
    /** {@code If-None-Match: *}: that there is none yet. */
    ABSENT,
    /** {@code If-Match: *}: that there is one. */
    PRESENT,
    /** {@code If-Match} with tags, or both of the above: what never holds. */
    NEVER;

    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";
    static final String ANY = "*";

    /** The precondition of a request with these headers. */
    static Precondition of(MultiMap headers) {
        boolean absent = headers.contains(IF_NONE_MATCH, ANY, false);
        if (!headers.contains(IF_MATCH)) {
            return absent ? ABSENT : NONE;
        }
        boolean present = headers.getAll(IF_MATCH).stream().allMatch(ANY::equals);
        return present && !absent ? PRESENT : NEVER;
    }

    /** Says that it does not hold, whatever there is, for a request that would change something. */
    boolean fails(Operation operation) {
        return this == NEVER || this == ABSENT && operation != Operation.STORE;
    }
}
