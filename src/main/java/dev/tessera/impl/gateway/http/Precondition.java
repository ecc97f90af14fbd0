package dev.tessera.impl.gateway.http;

import io.vertx.core.MultiMap;

/**
 * The condition that a request sets for its execution (RFC 9110, section 13). No resource has an entity tag, so a list
 * of tags never matches. No resource has a date, so the RFC asks to ignore {@code If-Modified-Since} and
 * {@code If-Unmodified-Since}.
 */
enum Precondition {
    /** No condition. A list of tags in {@code If-None-Match} is none either, because no tag matches. */
    NONE,
    /** The resource must not exist: {@code If-None-Match: *}. */
    ABSENT,
    /** The resource must exist: {@code If-Match: *}. */
    PRESENT,
    /** A condition that never holds: {@code If-Match} with tags, or both of the above. */
    NEVER;

    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";
    static final String ANY = "*";

    /** Returns the precondition of a request with these headers. */
    static Precondition of(MultiMap headers) {
        boolean absent = headers.contains(IF_NONE_MATCH, ANY, false);
        if (!headers.contains(IF_MATCH)) {
            return absent ? ABSENT : NONE;
        }
        boolean present = headers.getAll(IF_MATCH).stream().allMatch(ANY::equals);
        return present && !absent ? PRESENT : NEVER;
    }

    /** Returns whether it cannot hold for an operation that changes something, in any state of the resource. */
    boolean fails(Operation operation) {
        return this == NEVER || (this == ABSENT && operation != Operation.STORE);
    }
}
