package dev.tessera.impl.log;

import java.util.concurrent.atomic.LongAdder;

/** Counts of the lines that this process did not write to its log. Thread-safe. */
public final class DroppedLines {

    private static final LongAdder LIMITED = new LongAdder();
    private static final LongAdder UNWRITTEN = new LongAdder();

    private DroppedLines() {}

    /** Counts a line that came too soon after others of its kind. */
    static void countLimited() {
        LIMITED.increment();
    }

    /** Counts a line that found no room, because the log's reader is slow or gone. */
    public static void countUnwritten() {
        UNWRITTEN.increment();
    }

    /** Returns how many lines came too soon after others of their kind. */
    public static long limited() {
        return LIMITED.sum();
    }

    /** Returns how many lines found no room. */
    public static long unwritten() {
        return UNWRITTEN.sum();
    }
}
