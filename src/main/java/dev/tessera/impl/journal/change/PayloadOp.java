package dev.tessera.impl.journal.change;

/**
 * The codes of a payload, which is the content of one record of the journal: a part, followed by ops. All integers are
 * little endian. {@link dev.tessera.impl.session.KeyRecord} and {@link dev.tessera.impl.session.Session#name} define
 * the formats of key records and texts.
 *
 * <pre>
 *   +------+-----------------------------------------------------------------+
 *   | part | ops                                                             |
 *   +------+-----------------------------------------------------------------+
 *
 *   SESSION  1 | token int64                                   the following ops apply to this session
 *   MADE     2 | token int64 | flags int8 | duration int64 | end int64
 *              | length int32 | name                           a new session, which replaces one with this token;
 *                                                              the following ops apply to it
 *   GLOBAL   3 |                                               the following ops apply to the global key space
 *   PUT      4 | length int32 | key record, first version      a key has this value; a new key comes last. Journals of
 *                                                              the first version contain it; nobody writes it any more
 *   REMOVED  5 | length int32 | key                            a key is removed
 *   CLEARED  6 |                                               all keys of the session are removed
 *   END      7 | end int64                                     the session ends at this instant, in ms since 1970
 *   GONE     8 |                                               the session is removed with its keys
 *   REVISION 9 | revision int64                                the revision of the following ops MADE, REMOVED,
 *                                                              CLEARED, GONE and KEY_END
 *   RECORD  10 | length int32 | key record                     a key has this value; a new key comes last
 *   KEY_END 11 | end int64 | length int32 | key                a key ends at this instant, in ms since 1970
 *   EXPIRY  12 | flags int8 | duration int64                   the session has this expiry; an op END follows
 * </pre>
 *
 * <p>The flags of MADE and EXPIRY are 1 for a shared session and 2 for one that is deleted when it expires. A reader
 * skips the ops after SESSION if no session has the token: the snapshot of the session comes later, or the session has
 * ended.
 *
 * <p>The part tells which payloads belong together. The changes of commands are {@link #WHOLE}: one command is never in
 * two payloads. A large snapshot is a sequence of payloads, and a reader applies all of them or none: {@link #FIRST},
 * any number of {@link #MIDDLE}, {@link #LAST}.
 */
final class PayloadOp {

    static final byte WHOLE = 0;
    static final byte FIRST = 1;
    static final byte MIDDLE = 2;
    static final byte LAST = 3;

    static final byte SESSION = 1;
    static final byte MADE = 2;
    static final byte GLOBAL = 3;
    static final byte PUT = 4;
    static final byte REMOVED = 5;
    static final byte CLEARED = 6;
    static final byte END = 7;
    static final byte GONE = 8;
    static final byte REVISION = 9;
    static final byte RECORD = 10;
    static final byte KEY_END = 11;
    static final byte EXPIRY = 12;

    static final byte SHARED = 1;
    static final byte DELETE_SESSION = 2;

    /** The revision of changes in a journal of the first version, which knows none. */
    static final long FIRST_REVISION = 1;

    /** The size limit of a snapshot's payload without its keys and the name. */
    static final int SNAPSHOT_OVERHEAD_BYTES = 80;
    /** The size of a key's op without the record: the code and a length. */
    static final int KEY_OVERHEAD_BYTES = 5;

    private PayloadOp() {}
}
