package dev.tessera.impl.bench.self;

import java.util.ArrayList;
import java.util.List;

/** The cores that a process may use. */
enum Cores {

    /** The server's core. */
    FIRST("0"),
    /** The generator's core. */
    SECOND("1"),
    /** Both cores. */
    BOTH("0,1");

    private final String list;

    Cores(String list) {
        this.list = list;
    }

    /**
     * Returns a command that runs the given command on these cores. If pinning is impossible, it returns the command
     * itself.
     */
    List<String> pin(List<String> command) {
        if (!canPin()) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", list));
        pinned.addAll(command);
        return pinned;
    }

    /** Returns whether this machine has two cores and can pin processes to them. */
    static boolean canPin() {
        return Runtime.getRuntime().availableProcessors() > 1 && OnPath.has("taskset");
    }
}
