package dev.tessera.impl.bench;

/** A listener for the progress of a run. The generator calls it a few times a second. */
public interface BenchProgress {

    /** A listener that ignores all calls. */
    BenchProgress NONE = (step, done, requests) -> {};

    /**
     * Reports the progress. Thread: the one that runs the generator.
     *
     * @param step the name of the current step, such as {@code measuring}
     * @param done the completed part of the whole run, 0 to 1
     * @param requests the number of measured replies so far
     */
    void at(String step, double done, long requests);
}
