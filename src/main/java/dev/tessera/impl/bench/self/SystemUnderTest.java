package dev.tessera.impl.bench.self;

/** A server that is measured. */
interface SystemUnderTest extends AutoCloseable {

    /** What it is called in the report of progress. */
    String name();

    /** Measures it once. */
    Sample measure(Cell cell) throws InterruptedException;

    @Override
    void close();
}
