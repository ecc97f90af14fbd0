package dev.tessera.hostile;

/** Ends threads of the suite. */
final class Threads {

    private Threads() {}

    /** Waits for the end of a thread that was told to stop. */
    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
