package dev.tessera.impl.bench.self;

/** A server that the benchmark measures. */
interface SystemUnderTest extends AutoCloseable {

    /** Returns the name for progress lines. */
    String name();

    /** Measures the server once. */
    Sample measure(Cell cell) throws InterruptedException;

    @Override
    void close();
}
