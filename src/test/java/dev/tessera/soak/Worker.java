package dev.tessera.soak;

import dev.tessera.testing.MutableClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A client with its own sessions or keys: it draws commands, sends them, and compares every answer. Thread: one at a
 * time.
 */
final class Worker {

    /** Opens the transport, at first and whenever the worker comes back. */
    interface Opening {
        Transport open() throws Exception;
    }

    private static final int MESSAGE_CHARS_MAX = 1500;
    /** More than a session has between two commands that clear it. */
    private static final int REMEMBERED_MAX = 200;

    private final String label;
    private final Opening opening;
    private final MutableClock clock;
    private final Draw draw;
    private final KeyCommands keyCommands;
    private final SessionCommands sessionCommands;
    private final Mistakes mistakes;
    /** Null if there are sessions. */
    private final ModelSession global;

    /** The last steps whose answers matched, the newest first. */
    private final Deque<Step> last = new ArrayDeque<>();

    private Transport transport;
    private long compared;

    Worker(String name, long seed, boolean withSessions, MutableClock clock, Opening opening) throws Exception {
        this.label = name;
        this.opening = opening;
        this.clock = clock;
        this.draw = new Draw(new Random(seed ^ name.hashCode() * 0x9E3779B97F4A7C15L), withSessions ? "" : name);
        this.keyCommands = new KeyCommands(draw);
        this.sessionCommands = new SessionCommands(draw, name);
        this.mistakes = new Mistakes(draw);
        this.global = withSessions ? null : ModelSession.global();
        transport = opening.open();
    }

    /** Returns how many answers were compared. */
    long compared() {
        return compared;
    }

    /**
     * Exchanges at least this many commands in bursts of any length; a faster transport exchanges proportionally more.
     */
    void talk(int commands) throws Exception {
        for (long end = compared + (long) commands * transport.speed(); compared < end; ) {
            List<Step> steps = new ArrayList<>();
            for (int left = 1 + draw.below(transport.burst()); left > 0; left--) {
                steps.add(next());
            }
            exchange(steps);
            sessionCommands.settle(clock.millis());
        }
    }

    private Step next() {
        ModelSession session = global == null ? sessionCommands.any() : global;
        if (session == null || (global == null && draw.one(8))) {
            return sessionCommands.next(clock.millis());
        }
        return draw.one(15) ? mistakes.next(session) : keyCommands.next(session, clock.millis());
    }

    /** Compares the answers to these commands. */
    void exchange(List<Step> steps) throws Exception {
        List<String> answers;
        try {
            answers = transport.exchange(steps);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(label + ", after command " + compared + ": " + e, e);
        }
        for (int i = 0; i < steps.size(); i++, compared++) {
            Step step = steps.get(i);
            if (!step.accept(answers.get(i))) {
                throw new AssertionError(label + ", command " + compared + ", number " + i + " of its burst, after "
                        + earlier(step.session()) + ":\n sent     " + cut(step.command())
                        + "\n expected " + cut(step.expected()) + "\n got      " + cut(answers.get(i)));
            }
            last.addFirst(step);
            if (last.size() > REMEMBERED_MAX) {
                last.removeLast();
            }
        }
    }

    /** Returns the last commands on a session, in their order. */
    private String earlier(ModelSession session) {
        List<String> commands = new ArrayList<>();
        for (Step step : last) {
            if (step.session() == session) {
                commands.add(0, "\n  " + cut(step.command()));
            }
        }
        return commands.toString();
    }

    /** Exchanges one command while no other is in flight. */
    void ask(String name, String command, String expected) throws Exception {
        exchange(List.of(Step.of(name, null, command, expected)));
    }

    /** Compares all stored data, without using a session that could expire later because of it. */
    void requireAllSessions() throws Exception {
        sessionCommands.settle(clock.millis());
        long nowMs = clock.millis();
        List<Step> steps = new ArrayList<>();
        for (ModelSession session : sessionCommands.live()) {
            steps.add(Step.of("SH_INFO", session, KeyCommands.command("SH_INFO", session, ""), session.info(nowMs)));
            List<String> keys = List.copyOf(session.keys().keySet());
            steps.add(Step.of(
                            "KV_GET",
                            session,
                            KeyCommands.command("KV_GET", session, "\"keys\":" + Text.strings(keys)),
                            Reply.of("KV_GET", session)
                                    .add(
                                            "keys",
                                            Text.object(
                                                    keys,
                                                    key -> session.keys()
                                                            .get(key)
                                                            .text()))
                                    .text())
                    .naming(keys));
            steps.add(Step.of(
                    "KV_KEYS",
                    session,
                    KeyCommands.command("KV_KEYS", session, ""),
                    Reply.of("KV_KEYS", session)
                            .add("st", 1)
                            .add("keys", Text.strings(keys))
                            .text()));
            session.touch(nowMs);
        }
        for (int from = 0; from < steps.size(); from += transport.burst()) {
            exchange(steps.subList(from, Math.min(steps.size(), from + transport.burst())));
        }
    }

    /** Returns how many sessions the model has. */
    int sessions() {
        sessionCommands.settle(clock.millis());
        return sessionCommands.live().size();
    }

    /** Returns how many keys the model has. */
    int keys() {
        sessionCommands.settle(clock.millis());
        return global != null
                ? global.keys().size()
                : sessionCommands.live().stream()
                        .mapToInt(session -> session.keys().size())
                        .sum();
    }

    /** Returns the keys in the global key space. */
    ModelSession global() {
        return global;
    }

    /** Forgets all sessions after a worker has ended them. */
    void endAll() {
        sessionCommands.endAll(clock.millis());
    }

    /** Returns the transport. */
    Transport transport() {
        return transport;
    }

    /** Disconnects, and connects again as a new client. */
    void reconnect() throws Exception {
        transport.close();
        transport = opening.open();
    }

    /** Disconnects for good. */
    void close() throws Exception {
        transport.close();
    }

    private static String cut(String text) {
        return text.length() <= MESSAGE_CHARS_MAX
                ? text
                : text.substring(0, MESSAGE_CHARS_MAX) + "… (" + text.length() + " characters)";
    }
}
