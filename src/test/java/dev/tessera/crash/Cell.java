package dev.tessera.crash;

import java.util.ArrayList;
import java.util.List;

/**
 * A unit that changes atomically and in order, with all its states since the last crash: a session, or a key if there
 * are no sessions. Thread: its connection's, or the test's while no connection is open.
 */
final class Cell {

    /** The state of a missing unit. */
    static final String ABSENT = "absent";

    private record Version(String state, long ackedNanos) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final List<Version> versions = new ArrayList<>();
    private int acked;

    Cell(String state) {
        versions.add(new Version(state, Long.MIN_VALUE));
    }

    /** Returns the state after all sent commands. */
    String newest() {
        return versions.get(versions.size() - 1).state;
    }

    /** Records the state after a command that is sent now. Returns the number of the command, for {@link #ack}. */
    int sent(String state) {
        versions.add(new Version(state, NEVER));
        return versions.size() - 1;
    }

    /** Records that a command, and all before it, are acknowledged. */
    void ack(int number, long nowNanos) {
        for (int i = acked + 1; i <= number; i++) {
            versions.set(i, new Version(versions.get(i).state, nowNanos));
        }
        acked = Math.max(acked, number);
    }

    /**
     * Continues with the state that was found after a crash.
     *
     * @param toleratedNanos commands acknowledged at this time or later may be lost; then all after them are lost too
     * @return how many acknowledged commands are lost
     * @throws AssertionError if the sent commands cannot result in this state, or if too many are lost
     */
    int found(String state, long toleratedNanos, String what) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).state.equals(state)) {
                int lost = Math.max(0, acked - i);
                if (lost > 0 && versions.get(i + 1).ackedNanos < toleratedNanos) {
                    throw new AssertionError(what + ": " + lost + " acknowledged commands are lost");
                }
                versions.clear();
                versions.add(new Version(state, Long.MIN_VALUE));
                acked = 0;
                return lost;
            }
        }
        throw new AssertionError(what + " is " + state + ", which it never was since " + versions.get(0).state
                + "; it was " + versions.get(acked).state + " when last acknowledged");
    }
}
