package dev.tessera.impl.bench.self;

import java.util.List;

/**
 * The parameters of one run of the generator.
 *
 * @param command the value of {@code bench --command}
 * @param cores the cores of the generator
 * @param options further options of {@code bench}
 */
record Cell(String command, int connections, int pipeline, int valueBytes, Cores cores, List<String> options) {

    static final int SMALL_VALUE_BYTES = 50;

    /** Returns a cell with small values and the generator on its own core. */
    static Cell of(String command, int connections, int pipeline) {
        return new Cell(command, connections, pipeline, SMALL_VALUE_BYTES, Cores.SECOND, List.of());
    }

    Cell withValueBytes(int bytes) {
        return new Cell(command, connections, pipeline, bytes, cores, options);
    }

    Cell on(Cores cores) {
        return new Cell(command, connections, pipeline, valueBytes, cores, options);
    }

    Cell with(String... options) {
        return new Cell(command, connections, pipeline, valueBytes, cores, List.of(options));
    }

    @Override
    public String toString() {
        return command + " " + connections + " x " + pipeline;
    }
}
