package dev.tessera.impl.cluster.simulation;

import java.util.Random;

/** The state of the network between nodes; it draws the fate of each message. */
final class Weather {

    private static final int DELAY_MS = 5;
    /** The longest delay of a message, much longer than any client waits. */
    static final int DELAY_MS_MAX = 5_000;

    private final Random random;
    private final double badShare;
    private boolean clear;

    Weather(Random random) {
        this.random = random;
        this.badShare = random.nextInt(4) == 0 ? 0 : 0.2 * random.nextDouble();
    }

    /** Lets every message arrive soon from now on. */
    void clearUp() {
        clear = true;
    }

    boolean lost() {
        return bad();
    }

    boolean repeated() {
        return bad();
    }

    int delayMs() {
        return bad() ? random.nextInt(DELAY_MS_MAX) : shortDelayMs();
    }

    int shortDelayMs() {
        return 1 + random.nextInt(DELAY_MS);
    }

    private boolean bad() {
        return !clear && random.nextDouble() < badShare;
    }
}
