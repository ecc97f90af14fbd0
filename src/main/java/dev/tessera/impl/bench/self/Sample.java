package dev.tessera.impl.bench.self;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one run.
 *
 * @param bytesPerSecond the bytes in both directions together
 * @param generatorCpu the processor time of the generator; 1.0 is one core
 */
record Sample(
        double requestsPerSecond,
        double p50Us,
        double p99Us,
        double p999Us,
        double maxUs,
        double bytesPerSecond,
        double generatorCpu) {

    /** Returns a sample with the median of each figure. */
    static Sample median(List<Sample> samples) {
        return new Sample(
                median(samples, Sample::requestsPerSecond),
                median(samples, Sample::p50Us),
                median(samples, Sample::p99Us),
                median(samples, Sample::p999Us),
                median(samples, Sample::maxUs),
                median(samples, Sample::bytesPerSecond),
                median(samples, Sample::generatorCpu));
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
