package dev.tessera.impl.bench.self;

import java.util.ArrayList;
import java.util.List;

/** Which cores a process may use. */
enum Cores {

    /** The server's core. */
    FIRST("0"),
    /** The generator's core. */
    SECOND("1"),
    /** Both. */
    BOTH("0,1");

    private final String list;

    Cores(String list) {
        this.list = list;
    }

    /** The command that runs a command on these cores; where that cannot be, the command itself. */
    List<String> pin(List<String> command) {
        if (!canPin()) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", list));
        pinned.addAll(command);
        return pinned;
    }

    /** Whether processes can be bound to cores here, and there are two. */
    static boolean canPin() {
        return Runtime.getRuntime().availableProcessors() > 1 && OnPath.has("taskset");
    }
}
