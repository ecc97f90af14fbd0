package dev.tessera.impl.bench;

/** Is told how far a run is, a few times a second. */
public interface BenchProgress {

    /** For those who do not want to know. */
    BenchProgress NONE = (step, done, requests) -> {};

    /**
     * Called from the thread that runs the generator.
     *
     * @param step what is done, such as {@code measuring}
     * @param done the part of the whole run that is done, 0 to 1
     * @param requests replies measured so far
     */
    void at(String step, double done, long requests);
}
