package dev.tessera.soak;

import java.util.List;

/** A way of talking to the server: one client over one transport. Thread: one at a time. */
interface Transport {

    /**
     * Sends commands and waits for all answers. It sends without waiting as far as the transport keeps their order.
     *
     * @return the answer to each command as the protocol writes it; empty for silence
     */
    List<String> exchange(List<Step> steps) throws Exception;

    /** Returns how many commands may be sent together. */
    default int burst() {
        return 100;
    }

    /** Returns how many commands it exchanges while the slowest transport exchanges one. */
    default int speed() {
        return 4;
    }

    /** Closes the client. */
    void close() throws Exception;
}
