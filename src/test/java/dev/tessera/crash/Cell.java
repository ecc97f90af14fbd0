package dev.tessera.crash;

import java.util.ArrayList;
import java.util.List;

/**
 * What is changed as one and in order, with all that it has been since the last crash: a session or, where there are
 * none, a key. Thread: its connection's, or the test's while no connection is open.
 */
final class Cell {

    /** The state of what is not there. */
    static final String ABSENT = "absent";

    private record Version(String state, long ackedNanos) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final List<Version> versions = new ArrayList<>();
    private int acked;

    Cell(String state) {
        versions.add(new Version(state, Long.MIN_VALUE));
    }

    /** The state after all that was sent. */
    String newest() {
        return versions.get(versions.size() - 1).state;
    }

    /** Notes what a command that is sent now makes of it; says its number, for {@link #ack}. */
    int sent(String state) {
        versions.add(new Version(state, NEVER));
        return versions.size() - 1;
    }

    /** Notes that a command, and all before it, was acknowledged. */
    void ack(int number, long nowNanos) {
        for (int i = acked + 1; i <= number; i++) {
            versions.set(i, new Version(versions.get(i).state, nowNanos));
        }
        acked = Math.max(acked, number);
    }

    /**
     * Goes on with what was found after a crash.
     *
     * @param toleratedNanos what was acknowledged no earlier than this may be lost, from some command on
     * @return how many acknowledged commands are lost
     * @throws AssertionError where this cannot have come of what was sent, or too much is lost
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
