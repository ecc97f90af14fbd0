package dev.tessera.soak;

import java.util.List;

/** A way of talking to the server: one client over one transport. Thread: one at a time. */
interface Transport {

    /**
     * Sends commands, without waiting as far as the transport keeps their order, and waits for all answers.
     *
     * @return for each command its answer as the protocol writes it; empty for silence
     */
    List<String> exchange(List<Step> steps) throws Exception;

    /** How many commands are sent together at most. */
    default int burst() {
        return 100;
    }

    /** How many commands it exchanges while the slowest transport exchanges one. */
    default int speed() {
        return 4;
    }

    /** Ends the client. */
    void close() throws Exception;
}
