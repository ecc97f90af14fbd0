package dev.tessera.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sessions of one worker, and a source of commands on them. */
final class SessionCommands {

    private static final int LIVE_MAX = 7;
    private static final int GONE_MAX = 3;
    private static final int SHARED_NAMES = 2;
    private static final long[] DURATIONS_SECONDS = {0, 1, 3, 7, 20, 60, 3600, Long.MAX_VALUE, -1};

    private final Draw draw;
    private final String owner;
    /** Sessions that exist and whose token is known. */
    private final List<ModelSession> live = new ArrayList<>();

    private final List<ModelSession> gone = new ArrayList<>();
    /** Sessions made in this burst; their tokens are known at its end. */
    private final List<ModelSession> fresh = new ArrayList<>();
    /** Sessions by name; one that is gone stays until the name is used again. */
    private final Map<String, ModelSession> shared = new HashMap<>();
    /** Tokens by name, which never change. */
    private final Map<String, String> sharedTokens = new HashMap<>();

    SessionCommands(Draw draw, String owner) {
        this.draw = draw;
        this.owner = owner;
    }

    /** Draws a session, sometimes one that is gone; null if there is none. */
    ModelSession any() {
        if (live.isEmpty() || (!gone.isEmpty() && draw.one(25))) {
            return gone.isEmpty() ? null : draw.of(gone);
        }
        return draw.of(live);
    }

    List<ModelSession> live() {
        return live;
    }

    /** Draws a command on sessions. */
    Step next(long nowMs) {
        int room = LIVE_MAX - live.size() - fresh.size();
        int kind = live.isEmpty() ? 0 : draw.below(12);
        return switch (kind) {
            case 0, 1, 2 -> room > 0 ? make(nowMs) : live.isEmpty() ? exists(nowMs) : end(draw.of(live), nowMs);
            case 3 -> live.size() > 2 ? end(any(), nowMs) : exists(nowMs);
            case 4, 5 -> open(owner + draw.below(SHARED_NAMES + 1), nowMs);
            case 6, 7 -> exists(nowMs);
            default -> info(any(), nowMs);
        };
    }

    /** Ends a burst whose answers have come, so that all tokens are known. */
    void settle(long nowMs) {
        live.addAll(fresh);
        fresh.clear();
        for (ModelSession session : List.copyOf(live)) {
            if (!session.isThere(nowMs)) {
                live.remove(session);
                gone.add(session);
            }
        }
        while (gone.size() > GONE_MAX) {
            gone.remove(0);
        }
    }

    /** Forgets all sessions after a worker has ended the sessions of all. */
    void endAll(long nowMs) {
        live.forEach(ModelSession::end);
        settle(nowMs);
    }

    private Step make(long nowMs) {
        boolean isShared = draw.one(3);
        String name = isShared ? owner + draw.below(SHARED_NAMES) : draw.of(List.of("n", "é\"", owner));
        long durationSeconds = DURATIONS_SECONDS[draw.below(DURATIONS_SECONDS.length)];
        boolean deleteSession = durationSeconds != 0 && draw.one(2);
        String command = """
                {"SH_NEW":{"name":%s,"shared":%s%s}}""".formatted(
                        draw.spelled(name),
                        isShared,
                        (durationSeconds == 0 && draw.one(2)
                                ? ""
                                : ",\"expiry\":{\"duration\":" + Long.toUnsignedString(durationSeconds)
                                        + ",\"deleteSession\":" + deleteSession + "}"));
        ModelSession session = new ModelSession(name, isShared, durationSeconds, deleteSession, nowMs);
        if (isShared && shared.containsKey(name) && shared.get(name).isThere(nowMs)) {
            return Step.of("SH_NEW", session, command, Reply.fault("SH_NEW", 103, session));
        }
        String known = isShared ? sharedTokens.get(name) : null;
        if (isShared) {
            ModelSession before = shared.put(name, session);
            live.remove(before);
            gone.remove(before);
        }
        session.tell(known);
        (known == null ? fresh : live).add(session);
        return Step.of(
                        "SH_NEW",
                        session,
                        command,
                        Reply.of("SH_NEW")
                                .add("st", 1)
                                .add("name", Text.string(name))
                                .add("tkn", known == null ? Reply.ANY : known)
                                .text())
                .telling(digits -> {
                    session.tell(Long.toUnsignedString(Long.parseUnsignedLong(digits)));
                    if (isShared) {
                        sharedTokens.put(name, digits);
                    }
                });
    }

    private Step open(String name, long nowMs) {
        ModelSession session = shared.get(name);
        String command = """
                {"SH_OPEN":{"name":%s}}""".formatted(draw.spelled(name));
        ModelSession asked = new ModelSession(name, true, 0, false, nowMs);
        if (session == null || !session.isThere(nowMs)) {
            return Step.of("SH_OPEN", asked, command, Reply.fault("SH_OPEN", 102, asked));
        }
        String known = sharedTokens.get(name);
        return Step.of(
                "SH_OPEN",
                asked,
                command,
                Reply.of("SH_OPEN")
                        .add("st", 1)
                        .add("name", Text.string(name))
                        .add("tkn", known == null ? Reply.ANY : known)
                        .text());
    }

    private Step exists(long nowMs) {
        List<ModelSession> asked = new ArrayList<>(live);
        asked.addAll(gone);
        List<String> all = asked.stream().map(ModelSession::token).toList();
        List<String> there = all.stream()
                .filter(token ->
                        asked.stream().anyMatch(session -> session.token().equals(token) && session.isThere(nowMs)))
                .toList();
        List<String> not = all.stream().filter(token -> !there.contains(token)).toList();
        return Step.of(
                        "SH_EXISTS",
                        null,
                        """
                                {"SH_EXISTS":{"tkns":[%s%s]}}""".formatted(
                                (draw.one(4) ? "-1,\"7\"" + (all.isEmpty() ? "" : ",") : ""), String.join(",", all)),
                        Reply.of("SH_EXISTS")
                                .add("st", 1)
                                .add("exist", "[" + String.join(",", there) + "]")
                                .add("notExist", "[" + String.join(",", not) + "]")
                                .text())
                .naming(all);
    }

    private static Step end(ModelSession session, long nowMs) {
        String expected = session.isThere(nowMs)
                ? Reply.of("SH_END").add("st", 1).add("tkn", session.token()).text()
                : Reply.fault("SH_END", 100, session);
        session.end();
        return Step.of("SH_END", session, KeyCommands.command("SH_END", session, ""), expected);
    }

    private static Step info(ModelSession session, long nowMs) {
        return Step.of(
                "SH_INFO",
                session,
                KeyCommands.command("SH_INFO", session, "\"more\":1"),
                session.isThere(nowMs) ? session.info(nowMs) : Reply.fault("SH_INFO", 100, session));
    }
}
