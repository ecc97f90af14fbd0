package dev.tessera.impl.gateway;

/** Detects a silent connection by regular checks, without reading a clock for each message. */
final class IdleWatch {

    /** The result of a check. */
    enum Finding {
        /** The client sent something after the last check. */
        ALIVE,
        /** The client sent nothing after the last check: send a ping. */
        SILENT,
        /** The client did not answer the ping. */
        DEAD
    }

    private boolean alive = true;
    private boolean pinged;

    /** Records a sign of life. */
    void alive() {
        alive = true;
        pinged = false;
    }

    /** Checks the connection; the caller calls this at equal intervals. */
    Finding check() {
        if (alive) {
            alive = false;
            return Finding.ALIVE;
        }
        if (!pinged) {
            pinged = true;
            return Finding.SILENT;
        }
        return Finding.DEAD;
    }
}
