package dev.tessera.soak;

import java.util.LinkedHashMap;
import java.util.Map;

/** A session as the documentation describes it: its keys in the order of their insertion, and when it ends. */
final class ModelSession {

    private static final long NEVER_MS = Long.MAX_VALUE;

    private final String name;
    private final boolean shared;
    /** Unsigned; 0 is for ever. */
    private final long durationSeconds;

    private final boolean deleteSession;
    private final Map<String, Value> keys = new LinkedHashMap<>();
    private String token;
    private long endMs;
    private boolean ended;

    ModelSession(String name, boolean shared, long durationSeconds, boolean deleteSession, long nowMs) {
        this.name = name;
        this.shared = shared;
        this.durationSeconds = durationSeconds;
        this.deleteSession = deleteSession;
        touch(nowMs);
    }

    /** The keys of one worker where there are no sessions. */
    static ModelSession common() {
        return new ModelSession(null, false, 0, false, 0);
    }

    boolean isCommon() {
        return name == null;
    }

    String name() {
        return name;
    }

    boolean shared() {
        return shared;
    }

    long durationSeconds() {
        return durationSeconds;
    }

    boolean deleteSession() {
        return deleteSession;
    }

    /** In digits; null as long as the server has not told it, and where there are no sessions. */
    String token() {
        return token;
    }

    void tell(String digits) {
        token = digits;
    }

    Map<String, Value> keys() {
        return keys;
    }

    void end() {
        ended = true;
        keys.clear();
    }

    /** Moves the end to a full duration from now. */
    void touch(long nowMs) {
        endMs = durationMs() >= NEVER_MS - nowMs ? NEVER_MS : nowMs + durationMs();
    }

    /** Says whether it is there, after what its end has done to it. */
    boolean isThere(long nowMs) {
        if (!ended && endMs <= nowMs) {
            keys.clear();
            if (deleteSession) {
                ended = true;
            } else {
                // The next duration began where the last one ended.
                endMs += ((nowMs - endMs) / durationMs() + 1) * durationMs();
            }
        }
        return !ended;
    }

    /** What {@code SH_INFO} answers. */
    String info(long nowMs) {
        Reply reply = Reply.of("SH_INFO")
                .add("st", 1)
                .add("tkn", token)
                .add("shared", shared)
                .add("keyCnt", keys.size())
                .add("expires", durationSeconds != 0);
        if (durationSeconds != 0) {
            long leftMs = endMs - nowMs;
            reply.add(
                    "expiry",
                    "{\"duration\":" + Long.toUnsignedString(durationSeconds) + ",\"remaining\":"
                            + (leftMs / 1000 + (leftMs % 1000 == 0 ? 0 : 1)) + ",\"deleteSession\":" + deleteSession
                            + "}");
        }
        return reply.text();
    }

    /** Saturates, and is never for ever. */
    private long durationMs() {
        return durationSeconds == 0 || Long.compareUnsigned(durationSeconds, NEVER_MS / 1000) >= 0
                ? NEVER_MS
                : durationSeconds * 1000;
    }
}
