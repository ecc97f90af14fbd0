package dev.tessera.impl.command.transfer;

import dev.tessera.impl.dataset.SessionHeader;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.Session;

/**
 * A session as it was at one instant, to be written in one piece or several. Key records never change, so it costs
 * references alone.
 */
final class ExportedSession {

    private static final byte[][] NO_KEYS = {};

    private final SessionHeader header;
    private final byte[][] keyRecords;
    private boolean begun;
    private boolean anyKey;
    private int next;

    /** Takes the image; of a session that is over and stays, the one without keys that it is. */
    ExportedSession(Session session, long nowMs) {
        header = new SessionHeader(
                session.token(),
                session.shared(),
                session.name(),
                session.expiry().durationSeconds(),
                session.expiry().deleteSession());
        keyRecords = session.isExpired(nowMs) ? NO_KEYS : session.keys().snapshot();
    }

    /** Says whether some of it was written. */
    boolean isBegun() {
        return begun;
    }

    /**
     * Writes on until the output has {@code sizeMax} bytes or one key more, or all is written.
     *
     * @param written counts the keys
     * @return whether all is written
     */
    boolean write(JsonWriter out, int sizeMax, ExportCounts written) {
        if (!begun) {
            begun = true;
            written.sessions++;
            header.begin(out);
        }
        for (; next < keyRecords.length; next++) {
            if (out.size() >= sizeMax) {
                return false;
            }
            byte[] keyRecord = keyRecords[next];
            if (keyRecord != null) {
                if (anyKey) {
                    out.mark(',');
                }
                anyKey = true;
                written.keys++;
                out.quoted(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord))
                        .mark(':')
                        .raw(keyRecord, KeyRecord.valueFrom(keyRecord), keyRecord.length);
                // What was written need not be held any more.
                keyRecords[next] = null;
            }
        }
        SessionHeader.end(out);
        return true;
    }
}
