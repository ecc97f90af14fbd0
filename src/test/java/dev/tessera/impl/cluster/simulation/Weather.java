package dev.tessera.impl.cluster.simulation;

import java.util.Random;

/** How bad it is between the nodes: draws what becomes of each message. */
final class Weather {

    private static final int DELAY_MS = 5;
    /** The longest that a message takes, much longer than anybody waits for it. */
    static final int DELAY_MS_MAX = 5_000;

    private final Random random;
    private final double badShare;
    private boolean clear;

    Weather(Random random) {
        this.random = random;
        this.badShare = random.nextInt(4) == 0 ? 0 : 0.2 * random.nextDouble();
    }

    /** From now on everything arrives, soon. */
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
