package dev.tessera.impl.bench.self;

import java.util.List;

/**
 * What one run of the generator is asked for.
 *
 * @param command as {@code bench --command} takes it
 * @param cores where the generator runs
 * @param more further options of {@code bench}
 */
record Cell(String command, int connections, int pipeline, int valueBytes, Cores cores, List<String> more) {

    static final int SMALL_VALUE_BYTES = 50;

    /** A cell with small values and the generator on a core of its own. */
    static Cell of(String command, int connections, int pipeline) {
        return new Cell(command, connections, pipeline, SMALL_VALUE_BYTES, Cores.SECOND, List.of());
    }

    Cell withValueBytes(int bytes) {
        return new Cell(command, connections, pipeline, bytes, cores, more);
    }

    Cell on(Cores others) {
        return new Cell(command, connections, pipeline, valueBytes, others, more);
    }

    Cell with(String... options) {
        return new Cell(command, connections, pipeline, valueBytes, cores, List.of(options));
    }

    @Override
    public String toString() {
        return command + " " + connections + " x " + pipeline;
    }
}
