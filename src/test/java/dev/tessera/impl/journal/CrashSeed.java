package dev.tessera.impl.journal;

import java.util.Random;

/** The seed of a randomized test: a new one for each run, unless {@code -Dtessera.journal.seed} sets it. */
final class CrashSeed {

    private static final String PROPERTY = "tessera.journal.seed";

    private CrashSeed() {}

    static long draw() {
        return Long.getLong(PROPERTY, new Random().nextInt());
    }

    static void report(String done, long seed) {
        System.out.println("Journal: " + done + ", -D" + PROPERTY + "=" + seed);
    }
}
