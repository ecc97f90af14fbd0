package dev.tessera.impl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one thread of the generator counts. Errors count from the first reply to the last one, all else only while it
 * measures. Thread: that one; {@link #progress} may be asked by any, and the rest when the thread has ended.
 */
final class LoadRecorder {

    /** Mistakes that are kept to be shown. */
    static final int COMPLAINTS_MAX = 3;

    private static final long LATENCY_NS_MAX = TimeUnit.MINUTES.toNanos(2);
    private static final int LATENCY_DIGITS = 3;

    private final Histogram latencyNs = new Histogram(LATENCY_NS_MAX, LATENCY_DIGITS);
    private final List<String> complaints = new ArrayList<>();
    private boolean measuring;
    private long fromNs;
    private long elapsedNs;
    private long answered;
    private long sentBytes;
    private long receivedBytes;
    private long errors;
    private volatile long progress;

    /** Begins to measure. */
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

    /** A reply has come. */
    void answered(long tookNs) {
        if (measuring) {
            answered++;
            latencyNs.recordValue(Math.min(tookNs, LATENCY_NS_MAX));
        }
    }

    /** Something was wrong; {@code complaint} is shown if it is among the first. */
    void error(String complaint) {
        errors++;
        if (complaints.size() < COMPLAINTS_MAX) {
            complaints.add(complaint);
        }
    }

    /** Lets others see how far it is. */
    void publish() {
        progress = answered;
    }

    /** How many replies were measured, as last published. */
    long progress() {
        return progress;
    }

    Histogram latencyNs() {
        return latencyNs;
    }

    List<String> complaints() {
        return complaints;
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
