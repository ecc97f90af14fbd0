package dev.tessera.impl.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The possible keys of a session, as far as its only client can know. Each answer keeps the states that agree with it.
 * A command without an answer, or with 201, keeps each state both with and without the command.
 */
final class PossibleKeys {

    private static final Pattern NOT_DONE = Pattern.compile("""
            ^\\{"[A-Z_]+":\\{"st":(200|201),""");

    private final String token;
    private Set<Map<String, Integer>> states = new HashSet<>(Set.of(Map.of()));
    private boolean doubtful;

    PossibleKeys(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /**
     * Returns whether the outcome of a command is unknown. The command may still be applied at any time, so the client
     * must not send more.
     */
    boolean isDoubtful() {
        return doubtful;
    }

    /**
     * Takes an answer; null if none came.
     *
     * @return whether the command is certainly applied
     */
    boolean answered(KeyCommand command, String answer) {
        Matcher notDone = answer == null ? null : NOT_DONE.matcher(answer);
        if (notDone != null && !notDone.find()) {
            applied(command, answer);
            return true;
        }
        if (notDone == null || notDone.group(1).equals("201")) {
            doubtful = true;
            Set<Map<String, Integer>> either = new HashSet<>(states);
            for (Map<String, Integer> state : states) {
                Map<String, Integer> next = new HashMap<>(state);
                command.apply(token, next);
                either.add(next);
            }
            states = either;
        }
        return false;
    }

    private void applied(KeyCommand command, String answer) {
        Set<Map<String, Integer>> agreeing = new HashSet<>();
        Set<String> expected = new HashSet<>();
        for (Map<String, Integer> state : states) {
            Map<String, Integer> next = new HashMap<>(state);
            String answerThen = command.apply(token, next);
            expected.add(answerThen);
            if (answerThen.equals(answer)) {
                agreeing.add(next);
            }
        }
        if (agreeing.isEmpty()) {
            throw new AssertionError(command.message(token) + " was answered " + answer + ", and not as one of "
                    + expected + "; the keys may have been " + states);
        }
        states = agreeing;
    }

    /** Fails if the keys are not a possible state. */
    void requirePossible(Map<String, Integer> keys, String where) {
        if (!states.contains(keys)) {
            throw new AssertionError("session " + token + " has " + keys + " on " + where + ", and may have " + states);
        }
    }
}
