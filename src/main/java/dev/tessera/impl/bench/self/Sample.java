package dev.tessera.impl.bench.self;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run has given.
 *
 * @param bytesPerSecond both ways together
 * @param generatorCpu 1.0 is one core
 */
record Sample(
        double requestsPerSecond,
        double p50Us,
        double p99Us,
        double p999Us,
        double maxUs,
        double bytesPerSecond,
        double generatorCpu) {

    /** Each figure's own median. */
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
