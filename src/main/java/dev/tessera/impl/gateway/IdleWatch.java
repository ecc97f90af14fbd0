package dev.tessera.impl.gateway;

/** Tells a silent connection from a living one by regular checks, without reading a clock for every message. */
final class IdleWatch {

    /** What a check finds. */
    enum Finding {
        /** Something came since the last check. */
        ALIVE,
        /** Nothing came since the last check: time to ask. */
        SILENT,
        /** Nothing came since it was asked. */
        DEAD
    }

    private boolean alive = true;
    private boolean asked;

    /** Notes a sign of life. */
    void alive() {
        alive = true;
        asked = false;
    }

    /** To be called at equal intervals. */
    Finding check() {
        if (alive) {
            alive = false;
            return Finding.ALIVE;
        }
        if (!asked) {
            asked = true;
            return Finding.SILENT;
        }
        return Finding.DEAD;
    }
}
