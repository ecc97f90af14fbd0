package dev.tessera.impl.cluster.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.Partition;
import java.util.TreeMap;

/** The contents of a partition as comparable text: the order of keys counts, the order of sessions does not. */
public final class Dump {

    private Dump() {}

    /** Returns the text of a partition. */
    public static String of(Partition partition) {
        TreeMap<Long, String> sessions = new TreeMap<>();
        partition.forEachSession(session -> {
            StringBuilder text = new StringBuilder()
                    .append(new String(session.name(), UTF_8))
                    .append(' ')
                    .append(session.shared())
                    .append(' ')
                    .append(session.expiry())
                    .append(' ')
                    .append(session.revision());
            if (session.expiry().deleteSession() || session.keys().heldSize() > 0) {
                // An empty session that stays restarts its duration without a change for the copies, because the
                // result is the same everywhere.
                text.append(' ').append(session.endMs());
            }
            session.keys().forEachHeld(found -> append(text, found));
            sessions.put(session.token(), text.toString());
        });
        StringBuilder common = new StringBuilder();
        partition.globalKeys().forEachHeld(found -> append(common, found));
        return sessions + " " + common;
    }

    private static void append(StringBuilder text, byte[] found) {
        text.append(' ')
                .append(KeyRecord.revision(found))
                .append('/')
                .append(KeyRecord.endMs(found))
                .append('/')
                .append(new String(found, KeyRecord.keyFrom(found), found.length - KeyRecord.keyFrom(found), UTF_8));
    }
}
