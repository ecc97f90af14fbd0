package dev.tessera.impl.journal.change;

/**
 * What a payload is made of. A payload is what a record of the journal carries: a part, then ops, one after the other.
 * All integers are little endian; texts and key records are as {@link dev.tessera.impl.session.KeyRecord} and
 * {@link dev.tessera.impl.session.Session#name} have them.
 *
 * <pre>
 *   +------+-----------------------------------------------------------------+
 *   | part | ops                                                             |
 *   +------+-----------------------------------------------------------------+
 *
 *   SESSION  1 | token int64                                   what follows is of this session
 *   MADE     2 | token int64 | flags int8 | duration int64 | end int64
 *              | length int32 | name                           a new session, in place of one with this token; as SESSION
 *   COMMON   3 |                                               what follows is of the keys of everybody
 *   PUT      4 | length int32 | key record                     a key has this value; a new key comes last
 *   REMOVED  5 | length int32 | key                            a key is gone
 *   CLEARED  6 |                                               all keys of the session are gone
 *   END      7 | end int64                                     the session ends at this instant, in ms since 1970
 *   GONE     8 |                                               the session is gone, and what was of it
 * </pre>
 *
 * <p>The flags of MADE are 1 for a shared session and 2 for one that is deleted when it is over. What follows SESSION
 * with a token that no session has is passed over: its image comes later, or it has ended.
 *
 * <p>The part says how payloads hang together. What commands change is {@link #WHOLE}: a command is never in two
 * payloads. A large image is several in a row, which count only if all of them are there: {@link #FIRST}, perhaps
 * {@link #MIDDLE}, {@link #LAST}.
 */
final class PayloadOp {

    static final byte WHOLE = 0;
    static final byte FIRST = 1;
    static final byte MIDDLE = 2;
    static final byte LAST = 3;

    static final byte SESSION = 1;
    static final byte MADE = 2;
    static final byte COMMON = 3;
    static final byte PUT = 4;
    static final byte REMOVED = 5;
    static final byte CLEARED = 6;
    static final byte END = 7;
    static final byte GONE = 8;

    static final byte SHARED = 1;
    static final byte DELETE_SESSION = 2;

    /** The most bytes that a payload of an image has beside its keys and a name. */
    static final int IMAGE_OVERHEAD_BYTES = 64;
    /** The bytes that a key has beside its record: the op and a length. */
    static final int KEY_OVERHEAD_BYTES = 5;

    private PayloadOp() {}
}
