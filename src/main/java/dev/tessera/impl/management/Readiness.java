package dev.tessera.impl.management;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether clients should be sent to this server. Thread-safe. */
public final class Readiness {

    /**
     * The stages of a server's life, in order; only {@link #READY} serves new clients. {@link #BELOW_MINIMUM} takes its
     * place while the cluster is too small.
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

        /** As the endpoint says it. */
        String words() {
            return words;
        }
    }

    private final BooleanSupplier enoughMembers;
    private volatile State state = State.STARTING;
    private volatile Supplier<String> trouble = () -> "";

    /** For a server that runs alone. */
    public Readiness() {
        this(() -> true);
    }

    /**
     * For a node of a cluster.
     *
     * @param enoughMembers whether there are as many nodes as there must be; asked at each look, and so cheap
     */
    public Readiness(BooleanSupplier enoughMembers) {
        this.enoughMembers = enoughMembers;
    }

    public State state() {
        State stage = state;
        return stage == State.READY && !enoughMembers.getAsBoolean() ? State.BELOW_MINIMUM : stage;
    }

    public void enter(State next) {
        state = next;
    }

    /** What keeps the server from writing to its disk, in one line; empty where nothing does. */
    public String trouble() {
        return trouble.get();
    }

    /** Lets {@link #trouble} be asked for here. */
    public void watch(Supplier<String> source) {
        trouble = source;
    }
}
