package dev.tessera.impl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A recorder of the replies of one generator thread. It always counts errors, and all other figures only during the
 * measurement. Thread: the generator thread. Any thread may call {@link #progress} at any time, and the other getters
 * after the generator thread has ended.
 */
final class LoadRecorder {

    /** The most error messages that a recorder keeps. */
    static final int FIRST_ERRORS_MAX = 3;

    private static final long LATENCY_NS_MAX = TimeUnit.MINUTES.toNanos(2);
    private static final int LATENCY_DIGITS = 3;

    private final Histogram latencyNs = new Histogram(LATENCY_NS_MAX, LATENCY_DIGITS);
    private final List<String> firstErrors = new ArrayList<>();
    private boolean measuring;
    private long fromNs;
    private long elapsedNs;
    private long answered;
    private long sentBytes;
    private long receivedBytes;
    private long errors;
    private volatile long progress;

    /** Begins the measurement. */
    void begin(long nowNs) {
        measuring = true;
        fromNs = nowNs;
    }

    /** Ends the measurement. */
    void end(long nowNs) {
        if (measuring) {
            measuring = false;
            elapsedNs = nowNs - fromNs;
        }
    }

    boolean measuring() {
        return measuring;
    }

    void sent(int bytes) {
        if (measuring) {
            sentBytes += bytes;
        }
    }

    void received(int bytes) {
        if (measuring) {
            receivedBytes += bytes;
        }
    }

    /** Records a reply. */
    void answered(long tookNs) {
        if (measuring) {
            answered++;
            latencyNs.recordValue(Math.min(tookNs, LATENCY_NS_MAX));
        }
    }

    /** Counts an error, and keeps its message if it is one of the first. */
    void error(String message) {
        errors++;
        if (firstErrors.size() < FIRST_ERRORS_MAX) {
            firstErrors.add(message);
        }
    }

    /** Publishes the progress to other threads. */
    void publish() {
        progress = answered;
    }

    /** Returns the number of measured replies at the last {@link #publish}. */
    long progress() {
        return progress;
    }

    Histogram latencyNs() {
        return latencyNs;
    }

    List<String> firstErrors() {
        return firstErrors;
    }

    long elapsedNs() {
        return elapsedNs;
    }

    long answered() {
        return answered;
    }

    long sentBytes() {
        return sentBytes;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    long errors() {
        return errors;
    }
}
