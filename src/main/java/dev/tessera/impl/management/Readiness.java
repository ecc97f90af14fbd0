package dev.tessera.impl.management;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The state that tells whether clients should connect to this server. Thread-safe. */
public final class Readiness {

    /**
     * The stages of a server's life, in order. Only a {@link #READY} server serves new clients; {@link #BELOW_MINIMUM}
     * replaces that stage while the cluster has too few nodes.
     */
    public enum State {
        STARTING("starting"),
        READY("ready"),
        BELOW_MINIMUM("below minimum"),
        DRAINING("draining");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** Returns the name that the endpoint shows. */
        String words() {
            return words;
        }
    }

    private final BooleanSupplier enoughMembers;
    private final Supplier<String> trouble;
    private final Supplier<String> memoryTrouble;
    private volatile State state = State.STARTING;

    /**
     * Creates the readiness of a server that starts. The suppliers are called on the event loop of the endpoints and
     * must not block.
     *
     * @param enoughMembers returns whether the cluster has enough nodes
     * @param trouble returns in one line why the server cannot write to its disk; empty if it can
     * @param memoryTrouble returns in one line why the server has no memory for more data; empty if it has
     */
    public Readiness(BooleanSupplier enoughMembers, Supplier<String> trouble, Supplier<String> memoryTrouble) {
        this.enoughMembers = enoughMembers;
        this.memoryTrouble = memoryTrouble;
        this.trouble = trouble;
    }

    /** Returns the stage of the server. */
    public State state() {
        State stage = state;
        return stage == State.READY && !enoughMembers.getAsBoolean() ? State.BELOW_MINIMUM : stage;
    }

    /** Enters the next stage. */
    public void enter(State next) {
        state = next;
    }

    /** Returns in one line why the server cannot write to its disk; empty if it can. */
    public String trouble() {
        return trouble.get();
    }

    /** Returns in one line why the server has no memory for more data; empty if it has. */
    public String memoryTrouble() {
        return memoryTrouble.get();
    }
}
