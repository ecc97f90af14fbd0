package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Ttl;
import dev.tessera.impl.session.KeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * The ends that a request gives to the keys that it stores, by its options {@code ttl} and {@code ttlNew}. A value that
 * is replaced loses its end unless the request states one; a value that is changed in place keeps it. If the request
 * has {@code ttlNew}, this alone decides about keys that do not exist.
 */
public final class KeyEnds {

    private KeyEnds() {}

    /** Returns whether a request states a time to live. */
    public static boolean any(Request request) {
        RequestOptions options = request.options();
        return options != null && (options.ttl() != null || options.ttlNew() != null);
    }

    /**
     * Returns the end of a key after a request that stores it, in milliseconds since 1970; or {@link KeyRecord#NO_END}.
     *
     * @param old the present record; null if the key does not exist
     * @param inPlace whether the request changes the present value, and does not replace it
     */
    public static long endMs(
            Request request, byte[] key, int from, int to, byte @Nullable [] old, boolean inPlace, long nowMs) {
        long ms = statedMs(request.options(), key, from, to, old == null);
        if (ms == Ttl.KEEP || (ms == Ttl.UNSTATED && inPlace)) {
            return old == null ? KeyRecord.NO_END : KeyRecord.endMs(old);
        }
        return ms == Ttl.UNSTATED ? KeyRecord.NO_END : Ttl.endMs(nowMs, ms);
    }

    private static long statedMs(@Nullable RequestOptions options, byte[] key, int from, int to, boolean isNew) {
        if (options == null) {
            return Ttl.UNSTATED;
        }
        Ttl ttlNew = options.ttlNew();
        Ttl ttl = isNew && ttlNew != null ? ttlNew : options.ttl();
        return ttl == null ? Ttl.UNSTATED : ttl.ms(key, from, to);
    }
}
