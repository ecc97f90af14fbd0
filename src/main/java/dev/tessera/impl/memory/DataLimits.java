package dev.tessera.impl.memory;

/**
 * The limits of the data that a server stores. Immutable.
 *
 * @param bytesMax the most bytes on the heap
 * @param sessionsMax the most sessions
 * @param sessionKeysMax the most keys of one session
 * @param evicts whether a write that does not fit ends sessions that can expire, the least recently used ones first
 */
public record DataLimits(long bytesMax, long sessionsMax, long sessionKeysMax, boolean evicts) {

    /** No limits. */
    public static final DataLimits NONE = new DataLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false);

    /** Returns these limits with another number of bytes. */
    public DataLimits withBytesMax(long bytes) {
        return new DataLimits(bytes, sessionsMax, sessionKeysMax, evicts);
    }
}
