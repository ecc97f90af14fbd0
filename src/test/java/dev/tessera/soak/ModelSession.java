package dev.tessera.soak;

import java.util.LinkedHashMap;
import java.util.Map;

/** The model of a session as the docs describe it: its keys in the order of insertion, and its end. */
final class ModelSession {

    private static final long NEVER_MS = Long.MAX_VALUE;

    private final String name;
    private final boolean shared;
    /** Unsigned; 0 means forever. */
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

    /** Returns a model for the keys of one worker in the global key space. */
    static ModelSession global() {
        return new ModelSession(null, false, 0, false, 0);
    }

    boolean isGlobal() {
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

    /** Returns the token in digits; null until the server has sent it, and in the global key space. */
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

    /** Moves the end to a full duration from now on. */
    void touch(long nowMs) {
        endMs = durationMs() >= NEVER_MS - nowMs ? NEVER_MS : nowMs + durationMs();
    }

    /** Expires the session if its end has passed; returns whether it still exists. */
    boolean isThere(long nowMs) {
        if (!ended && endMs <= nowMs) {
            keys.clear();
            if (deleteSession) {
                ended = true;
            } else {
                // The next duration starts at the end of the last one.
                endMs += ((nowMs - endMs) / durationMs() + 1) * durationMs();
            }
        }
        return !ended;
    }

    /** Returns the answer to {@code SH_INFO}. */
    String info(long nowMs) {
        Reply reply = Reply.of("SH_INFO")
                .add("st", 1)
                .add("tkn", token)
                .add("shared", shared)
                .add("keyCnt", keys.size())
                .add("expires", durationSeconds != 0);
        if (durationSeconds != 0) {
            long leftMs = endMs - nowMs;
            reply.add("expiry", """
                            {"duration":%s,"remaining":%s,"deleteSession":%s}""".formatted(
                            Long.toUnsignedString(durationSeconds),
                            (leftMs / 1000 + (leftMs % 1000 == 0 ? 0 : 1)),
                            deleteSession));
        }
        return reply.text();
    }

    /** Adds with saturation; the result never means forever. */
    private long durationMs() {
        return durationSeconds == 0 || Long.compareUnsigned(durationSeconds, NEVER_MS / 1000) >= 0
                ? NEVER_MS
                : durationSeconds * 1000;
    }
}
