package dev.tessera.impl.cluster.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.Partition;
import java.util.TreeMap;

/** All that a partition has, as text that can be compared: the order of keys counts, that of sessions does not. */
public final class Dump {

    private Dump() {}

    /** The text of a partition. */
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
                    .append(session.changedMs());
            if (session.expiry().deleteSession() || session.keys().size() > 0) {
                // an empty session that stays begins again without anybody being told, since that comes to the same
                // everywhere
                text.append(' ').append(session.endMs());
            }
            session.keys().forEach(found -> append(text, found));
            sessions.put(session.token(), text.toString());
        });
        StringBuilder common = new StringBuilder();
        partition.globalKeys().forEach(found -> append(common, found));
        return sessions + " " + common;
    }

    private static void append(StringBuilder text, byte[] found) {
        text.append(' ')
                .append(new String(found, KeyRecord.keyFrom(found), found.length - KeyRecord.keyFrom(found), UTF_8));
    }
}
