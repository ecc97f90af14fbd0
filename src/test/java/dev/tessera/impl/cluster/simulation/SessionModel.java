package dev.tessera.impl.cluster.simulation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The possible states of a session after the answers so far; there is one as long as every outcome is known. If no
 * state allows an answer, an acknowledged change was lost, a command was applied twice, or the order was wrong.
 */
final class SessionModel {

    /** With more states a check would be worthless; clients then read until fewer are left. */
    static final int STATES_MANY = 16;

    private final String token;
    private final String name;
    /** Each state maps keys to values; null is no session. */
    private Set<Map<String, String>> states = new HashSet<>();

    SessionModel(String token, String name) {
        this.token = token;
        this.name = name;
        states.add(null);
    }

    int states() {
        return states.size();
    }

    /** Takes the answer to the next command. */
    void take(SessionCommandOfTest command, String answer) {
        Set<Map<String, String>> next = new HashSet<>();
        boolean unavailable = answer.contains("\"st\":200,");
        boolean unknown = answer.contains("\"st\":201,");
        if (unknown && !command.changes()) {
            throw new AssertionError(command + " changes nothing, and was answered " + answer);
        }
        for (Map<String, String> state : states) {
            if (unavailable || unknown) {
                next.add(state);
            }
            if (!unavailable) {
                Map<String, String> after = state == null ? null : new LinkedHashMap<>(state);
                SessionCommandOfTest.Outcome outcome = command.apply(after, token, name);
                if (unknown || outcome.answer().equals(answer)) {
                    next.add(outcome.state());
                }
            }
        }
        if (next.isEmpty()) {
            throw new AssertionError(
                    command + " was answered " + answer + ", but the session can only have been one of " + states);
        }
        states = next;
    }

    /** Returns how many keys the session has, or -1 if there is no session; null if that is unknown. */
    Integer keysIfKnown() {
        if (states.size() > 1) {
            return null;
        }
        Map<String, String> state = states.iterator().next();
        return state == null ? -1 : state.size();
    }
}
