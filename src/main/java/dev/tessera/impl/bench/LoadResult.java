package dev.tessera.impl.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The figures of a measurement.
 *
 * @param seconds the length of the measurement
 * @param requests the number of replies in that time
 * @param sentBytesPerSecond bytes of frames, headers included
 * @param generatorCpu the processor time of this process, divided by the measured time; 1.0 is one core
 * @param errors the number of wrong or missing replies
 * @param firstErrors the messages of the first errors
 */
public record LoadResult(
        LoadPlan plan,
        double seconds,
        long requests,
        double requestsPerSecond,
        double p50Us,
        double p99Us,
        double p999Us,
        double maxUs,
        double sentBytesPerSecond,
        double receivedBytesPerSecond,
        double generatorCpu,
        long errors,
        List<String> firstErrors) {

    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_US = 1e3;

    /** Combines the figures of all threads. */
    static LoadResult of(LoadPlan plan, List<LoadRecorder> recorders, double generatorCpu) {
        Histogram latencyNs = new Histogram(recorders.get(0).latencyNs());
        latencyNs.reset();
        List<String> firstErrors = new ArrayList<>();
        double seconds = 0;
        double perSecond = 0;
        double sentPerSecond = 0;
        double receivedPerSecond = 0;
        for (LoadRecorder recorder : recorders) {
            double threadSeconds = Math.max(1, recorder.elapsedNs()) / NS_PER_S;
            seconds = Math.max(seconds, threadSeconds);
            perSecond += recorder.answered() / threadSeconds;
            sentPerSecond += recorder.sentBytes() / threadSeconds;
            receivedPerSecond += recorder.receivedBytes() / threadSeconds;
            latencyNs.add(recorder.latencyNs());
            firstErrors.addAll(recorder.firstErrors());
        }
        return new LoadResult(
                plan,
                seconds,
                recorders.stream().mapToLong(LoadRecorder::answered).sum(),
                perSecond,
                latencyNs.getValueAtPercentile(50) / NS_PER_US,
                latencyNs.getValueAtPercentile(99) / NS_PER_US,
                latencyNs.getValueAtPercentile(99.9) / NS_PER_US,
                latencyNs.getMaxValue() / NS_PER_US,
                sentPerSecond,
                receivedPerSecond,
                generatorCpu,
                recorders.stream().mapToLong(LoadRecorder::errors).sum(),
                firstErrors.subList(0, Math.min(firstErrors.size(), LoadRecorder.FIRST_ERRORS_MAX)));
    }
}
