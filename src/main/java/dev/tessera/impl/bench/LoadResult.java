package dev.tessera.impl.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What was measured.
 *
 * @param seconds how long was measured
 * @param requests replies that came in that time
 * @param sentBytesPerSecond bytes of frames
 * @param generatorCpu processor time of this process by measured time; 1.0 is one core
 * @param errors replies that were wrong or did not come
 * @param complaints what the first errors were
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
        List<String> complaints) {

    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_US = 1e3;

    /** Puts together what all threads counted. */
    static LoadResult of(LoadPlan plan, List<LoadRecorder> tallies, double generatorCpu) {
        Histogram latencyNs = new Histogram(tallies.get(0).latencyNs());
        latencyNs.reset();
        List<String> complaints = new ArrayList<>();
        double seconds = 0;
        double perSecond = 0;
        double sentPerSecond = 0;
        double receivedPerSecond = 0;
        for (LoadRecorder tally : tallies) {
            double its = Math.max(1, tally.elapsedNs()) / NS_PER_S;
            seconds = Math.max(seconds, its);
            perSecond += tally.answered() / its;
            sentPerSecond += tally.sentBytes() / its;
            receivedPerSecond += tally.receivedBytes() / its;
            latencyNs.add(tally.latencyNs());
            complaints.addAll(tally.complaints());
        }
        return new LoadResult(
                plan,
                seconds,
                tallies.stream().mapToLong(LoadRecorder::answered).sum(),
                perSecond,
                latencyNs.getValueAtPercentile(50) / NS_PER_US,
                latencyNs.getValueAtPercentile(99) / NS_PER_US,
                latencyNs.getValueAtPercentile(99.9) / NS_PER_US,
                latencyNs.getMaxValue() / NS_PER_US,
                sentPerSecond,
                receivedPerSecond,
                generatorCpu,
                tallies.stream().mapToLong(LoadRecorder::errors).sum(),
                complaints.subList(0, Math.min(complaints.size(), LoadRecorder.COMPLAINTS_MAX)));
    }
}
