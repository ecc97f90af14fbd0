package dev.tessera.impl.gateway.http;

import dev.tessera.impl.gateway.http.Resource.Kind;
import io.vertx.core.MultiMap;

/**
 * The condition that a request sets for its execution (RFC 9110, section 13). Only keys have entity tags, so a list of
 * tags matches no other resource. No resource has a date, so the RFC asks to ignore {@code If-Modified-Since} and
 * {@code If-Unmodified-Since}.
 */
enum Precondition {
    /** No condition. Tags in {@code If-None-Match} are none either, except for a read of a key. */
    NONE,
    /** The resource must not exist: {@code If-None-Match: *}. */
    ABSENT,
    /** The resource must exist: {@code If-Match: *}. */
    PRESENT,
    /** The key must have one of the revisions in {@code If-Match}. */
    TAGGED,
    /** A condition that never holds: {@code If-Match} without a tag that can match, or two that exclude each other. */
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
        if (absent) {
            return NEVER;
        }
        if (headers.getAll(IF_MATCH).stream().allMatch(ANY::equals)) {
            return PRESENT;
        }
        return headers.contains(IF_MATCH, ANY, false)
                        || matching(headers).revisions().isEmpty()
                ? NEVER
                : TAGGED;
    }

    /** Returns the tags of which one must match. */
    static EntityTags matching(MultiMap headers) {
        return new EntityTags(headers.getAll(IF_MATCH));
    }

    /** Returns whether it cannot hold for an operation that changes something, in any state of the resource. */
    boolean fails(Operation operation) {
        return this == NEVER
                || (this == ABSENT && operation != Operation.STORE && operation != Operation.PATCH)
                || (this == TAGGED && operation.kind() != Kind.KEY);
    }

    /** Returns whether a read must not return a key with this revision, because the condition of its If-Match fails. */
    static boolean refusesRead(MultiMap headers, long revision) {
        return headers.contains(IF_MATCH)
                && !headers.contains(IF_MATCH, ANY, false)
                && !matching(headers).match(revision);
    }

    /** Returns whether the client of a read has a key with this revision, by its If-None-Match. */
    static boolean hasUnmodified(MultiMap headers, long revision) {
        return headers.contains(IF_NONE_MATCH, ANY, false)
                || new EntityTags(headers.getAll(IF_NONE_MATCH)).match(revision);
    }
}
