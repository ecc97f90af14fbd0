package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.work.Requester;

/**
 * The signals that end one save or load early: the server stops, or the client that asked for it has left. Thread-safe.
 *
 * @param server the signal to all jobs
 * @param client the client of this job
 */
record JobSignal(StopSignal server, Requester client) {

    /** Throws if a signal is given. The job calls it between two steps. */
    void check() throws DatasetException {
        server.check();
        if (client.isGone()) {
            throw new DatasetException(TransferMessages.CLIENT_GONE);
        }
    }

    /** Waits for a time, or until the server stops, and {@linkplain #check checks} then. */
    void pause(long ms) throws DatasetException {
        server.pause(ms);
        check();
    }
}
